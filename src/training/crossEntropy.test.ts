import { describe, expect, it } from 'vitest';
import { meanCrossEntropy } from './crossEntropy';

describe('meanCrossEntropy', () => {
  it('of equal logits is the log of the number of classes, whatever the label', () => {
    expect(meanCrossEntropy(Float32Array.of(5, 5, 5, -2, -2, -2), [0, 2], 3)).toBeCloseTo(Math.log(3), 12);
  });

  it('is the mean over rows of minus the log of the label’s probability', () => {
    // exp of the logits: 1, 3 and 1, 7 (as float32); probabilities of the labels 3/4 and 1/8.
    const logits = Float32Array.of(0, Math.log(3), 0, Math.log(7));
    expect(meanCrossEntropy(logits, [1, 0], 2)).toBeCloseTo((Math.log(4 / 3) + Math.log(8)) / 2, 6);
  });

  it('does not overflow where exp would: logits of ±1000', () => {
    const logits = Float32Array.of(1000, 0, -1000);
    expect(meanCrossEntropy(logits, [0], 3)).toBe(0);
    expect(meanCrossEntropy(logits, [1], 3)).toBe(1000);
    expect(meanCrossEntropy(logits, [2], 3)).toBe(2000);
    expect(meanCrossEntropy(Float32Array.of(1000, 1000), [0], 2)).toBeCloseTo(Math.log(2), 12);
  });

  it('is no number as soon as one logit is none', () => {
    expect(meanCrossEntropy(Float32Array.of(0, Number.NaN, 1, 2), [0, 1], 2)).toBeNaN();
    expect(meanCrossEntropy(Float32Array.of(0, Number.POSITIVE_INFINITY), [0], 2)).toBeNaN();
  });
});
