import { expect, it } from 'vitest';
import { softmaxRows } from './analyseRound';

it('softmax of each row adds to one and survives logits that overflow exp', () => {
  const scores = softmaxRows([0, Math.log(3), 1000, 1000, -5, -5], 2);
  [0.25, 0.75, 0.5, 0.5, 0.5, 0.5].forEach((expected, index) => {
    expect(scores[index]).toBeCloseTo(expected, 12);
  });
});
