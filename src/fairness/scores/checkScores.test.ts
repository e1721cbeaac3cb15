import { describe, expect, it } from 'vitest';
import { checkScores } from './checkScores';

describe('checkScores', () => {
  it('takes probabilities, rounded ones too', () => {
    expect(() => checkScores([0.33, 0.33, 0.33, 0, 1, 0], 2, 3)).not.toThrow();
  });

  it.each([
    ['NaN', [0.5, 0.5, Number.NaN, 1], { position: 1, class: 0, found: 'NaN' }],
    ['a negative score', [0.5, 0.5, 1.5, -0.5], { position: 1, class: 0, found: '1.5' }],
    ['logits that add up to something else', [0.2, 0.3, 0.5, 0.5], { position: 0, sum: 0.5 }],
    ['a missing row', [0.5, 0.5], { scores: 2, expected: 4 }],
  ])('refuses %s, saying where', (_, scores, details) => {
    expect(() => checkScores(scores, 2, 2)).toThrow(expect.objectContaining({ code: 'predictions-invalid', details }));
  });
});
