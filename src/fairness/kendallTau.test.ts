import { describe, expect, it } from 'vitest';
import reference from './golden/referenceTests.json';
import { kendallTau } from './kendallTau';

describe('kendallTau', () => {
  for (const { a, b, tau } of reference.kendall) {
    it(`agrees with scipy on ${a.length} items`, () => {
      const found = kendallTau(a, b);
      expect(found.tau).toBeCloseTo(tau, 12);
      expect(found.n).toBe(a.length);
    });
  }

  it('is 1 for the same order, -1 for the reverse, and 1/3 for one of three pairs swapped', () => {
    expect(kendallTau([1, 2, 3], [10, 20, 30]).tau).toBe(1);
    expect(kendallTau([1, 2, 3], [3, 2, 1]).tau).toBe(-1);
    expect(kendallTau([1, 2, 3], [1, 3, 2]).tau).toBeCloseTo(1 / 3, 12);
  });

  it('leaves out items without a score and takes infinite ones', () => {
    expect(kendallTau([1, Number.NaN, 3, Number.POSITIVE_INFINITY], [1, 2, 3, Number.POSITIVE_INFINITY])).toEqual({
      tau: 1,
      n: 3,
    });
  });

  it('is null when a list ranks nothing', () => {
    expect(kendallTau([1, 1, 1], [1, 2, 3]).tau).toBeNull();
    expect(kendallTau([1], [2])).toEqual({ tau: null, n: 1 });
  });

  it('refuses lists of different lengths', () => {
    expect(() => kendallTau([1], [1, 2])).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
  });
});
