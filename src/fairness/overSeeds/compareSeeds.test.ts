import { describe, expect, it } from 'vitest';
import reference from '../golden/referenceTests.json';
import { compareSeeds, summariseSeeds } from './compareSeeds';
import { testSignedRanks } from './testSignedRanks';

describe('compareSeeds against scipy', () => {
  for (const item of reference.paired) {
    it(`agrees on ${item.model.length} seeds`, () => {
      const { difference, tTest, signedRank } = compareSeeds(item.model, item.other);
      expect(difference.mean).toBeCloseTo(item.mean, 12);
      expect(difference.sd).toBeCloseTo(item.sd, 12);
      expect(tTest!.t).toBeCloseTo(item.t, 9);
      // The library's t distribution is good to about 1e-8.
      expect(tTest!.pValue).toBeCloseTo(item.tPValue, 7);
      expect(signedRank!.positiveRanks).toBe(item.positiveRanks);
      expect(signedRank!.pValue).toBeCloseTo(item.signedRankPValue, 12);
    });
  }
});

describe('testSignedRanks', () => {
  for (const item of reference.tied) {
    it(`agrees with all patterns of signs on ${item.differences.length} differences with ties and zeros`, () => {
      const found = testSignedRanks(item.differences)!;
      expect(found.positiveRanks).toBe(item.positiveRanks);
      expect(found.pValue).toBeCloseTo(item.pValue, 12);
    });
  }

  it('cannot fall below 2 / 2ⁿ, whatever the differences', () => {
    expect(testSignedRanks([9, 8, 7, 6, 5])!.pValue).toBe(2 / 32);
    expect(testSignedRanks([9])!.pValue).toBe(1);
  });

  it('has nothing to test when all differences are 0, and refuses what would take too long', () => {
    expect(testSignedRanks([0, 0])).toBeNull();
    expect(() => testSignedRanks(Array.from({ length: 201 }, (_, i) => i + 1))).toThrow(
      expect.objectContaining({ code: 'config-invalid' }),
    );
  });
});

describe('compareSeeds, where a test is not possible,', () => {
  it('has no t for one seed or equal differences, and says so with null', () => {
    expect(compareSeeds([0.5], [0.25])).toEqual({
      difference: { n: 1, mean: 0.25, sd: null },
      tTest: null,
      signedRank: { n: 1, positiveRanks: 1, pValue: 1 },
    });
    expect(compareSeeds([2, 3], [1, 2])).toMatchObject({ difference: { sd: 0 }, tTest: null });
    expect(compareSeeds([1, 2], [1, 2]).signedRank).toBeNull();
  });

  it.each([
    ['lists of different lengths', [1], [1, 2]],
    ['no seeds', [], []],
    ['a value that is no number', [Number.NaN], [1]],
  ])('refuses %s', (_, model, other) => {
    expect(() => compareSeeds(model, other)).toThrow(expect.objectContaining({ code: 'config-invalid' }));
  });

  it('refuses a summary of nothing', () => {
    expect(() => summariseSeeds([])).toThrow(expect.objectContaining({ code: 'config-invalid' }));
  });
});
