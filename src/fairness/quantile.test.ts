import { describe, expect, it } from 'vitest';
import { quantile } from './quantile';

describe('quantile', () => {
  // numpy.quantile([1, 2, 3, 4], share) and numpy.quantile([5], share).
  it.each([
    [[1, 2, 3, 4], 0, 1],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.95, 3.85],
    [[1, 2, 3, 4], 1, 4],
    [[5], 0.3, 5],
  ])('of %j at %d is %d, as in numpy', (sorted, share, expected) => {
    expect(quantile(sorted, share)).toBeCloseTo(expected, 12);
  });
});
