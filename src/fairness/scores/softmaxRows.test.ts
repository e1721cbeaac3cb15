import { describe, expect, it } from 'vitest';
import { softmaxRows } from './softmaxRows';

describe('softmaxRows', () => {
  it('gives each row its probabilities, worked by hand', () => {
    const probabilities = softmaxRows(Float32Array.of(0, Math.log(3), 5, 5), 2);
    for (const [i, wanted] of [0.25, 0.75, 0.5, 0.5].entries()) expect(probabilities[i]).toBeCloseTo(wanted, 6);
  });

  it('bears logits that exp alone would not', () => {
    expect([...softmaxRows(Float32Array.of(1000, 0, -1000, 0), 2)]).toEqual([1, 0, 0, 1]);
  });

  it('is NaN where a logit is', () => {
    expect(softmaxRows(Float32Array.of(Number.NaN, 1), 2).every(Number.isNaN)).toBe(true);
  });
});
