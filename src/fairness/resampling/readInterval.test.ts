import { describe, expect, it } from 'vitest';
import reference from '../golden/referenceTests.json';
import { accelerate } from './accelerate';
import { bcaInterval, percentileInterval } from './readInterval';

describe('bcaInterval and accelerate', () => {
  for (const [index, { observed, without, replicates, low, high }] of reference.bca.entries()) {
    it(`give the interval that scipy reads from the same replicates, case ${index}`, () => {
      const leftOut = without.map((value) => ({ stratumSize: without.length, alike: 1, statistics: [value] }));
      const [acceleration] = accelerate([leftOut], 1);
      const interval = bcaInterval(replicates, observed, acceleration!, 0.95);
      // The library's normal distribution is good to about 1e-12, and quantiles of 199 values amplify it.
      expect(interval.low).toBeCloseTo(low, 9);
      expect(interval.high).toBeCloseTo(high, 9);
    });
  }

  it('take units that are alike together', () => {
    const one = (value: number, alike: number) => ({ stratumSize: 5, alike, statistics: [value] });
    const apart = accelerate([[one(0.5, 1), one(0.5, 1), one(0.5, 1), one(2, 1), one(2, 1)]], 1);
    expect(accelerate([[one(0.5, 3), one(2, 2)]], 1)[0]).toBeCloseTo(apart[0]!, 15);
  });

  it('do not accelerate what does not vary or is undefined without a unit', () => {
    expect([...accelerate([[{ stratumSize: 3, alike: 3, statistics: [0.1, Number.NaN] }]], 2)]).toEqual([0, 0]);
  });

  it('end at what was drawn when all replicates lie on one side of the observed value', () => {
    const { low, high } = bcaInterval([1, 2, 3, 4], 0, 0, 0.95);
    // z0 = Φ⁻¹(1/8) = -1.1503; the ends are at Φ(2 z0 ± 1.96) = 0.00001 and 0.3667 of the way from 1 to 4.
    expect(low).toBeCloseTo(1, 3);
    expect(high).toBeCloseTo(1 + 3 * 0.3667, 3);
  });
});

describe('percentileInterval', () => {
  it('takes the middle of the replicates', () => {
    const interval = percentileInterval(
      Array.from({ length: 101 }, (_, i) => i),
      0.9,
    );
    expect(interval.low).toBeCloseTo(5, 12);
    expect(interval.high).toBeCloseTo(95, 12);
  });
});
