import { LabError } from '../../foundation/labError';

/** Wilcoxon's signed-rank test. */
export interface SignedRankTest {
  /** Differences that are not 0. */
  n: number;
  /** Sum of the ranks of the positive differences. */
  positiveRanks: number;
  /** Exact and two-sided, given the ties. */
  pValue: number;
}

/** The exact distribution takes time that grows with the cube of the number of differences. */
const mostDifferences = 200;

/**
 * Wilcoxon's signed-rank test of paired differences, exact: under the null hypothesis every pattern of signs is equally
 * likely. Differences of 0 are left out, equal sizes get the mean of their ranks.
 *
 * Source: Wilcoxon, "Individual Comparisons by Ranking Methods" (1945); for ties Pratt and Gibbons, "Concepts of
 * Nonparametric Theory", chapter 3.
 *
 * @returns null when all differences are 0
 * @throws LabError `config-invalid` for more than 200 differences
 */
export function testSignedRanks(differences: readonly number[]): SignedRankTest | null {
  const nonzero = differences.filter((value) => value !== 0);
  const n = nonzero.length;
  if (n === 0) return null;
  if (n > mostDifferences) {
    throw new LabError({
      code: 'config-invalid',
      message: `The exact signed-rank test is made for ${mostDifferences} seeds at most, and there are ${n}.`,
      hint: 'Use the t test for so many.',
    });
  }
  const doubledRanks = rankSizes(nonzero);
  const positive = doubledRanks.reduce((sum, rank, i) => sum + (nonzero[i]! > 0 ? rank : 0), 0);
  const shares = distribute(doubledRanks);
  const total = shares.length - 1;
  const low = Math.min(positive, total - positive);
  let tail = 0;
  for (let sum = 0; sum <= low; sum++) tail += shares[sum]!;
  return { n, positiveRanks: positive / 2, pValue: Math.min(1, 2 * tail) };
}

/** Twice the rank of each size, so that the mean rank of ties is a whole number. */
function rankSizes(values: readonly number[]): number[] {
  const sizes = values.map(Math.abs);
  return sizes.map((size) => {
    const smaller = sizes.filter((other) => other < size).length;
    const equal = sizes.filter((other) => other === size).length;
    return 2 * smaller + equal + 1;
  });
}

/** Share of all patterns of signs for each sum of the positive ranks. */
function distribute(ranks: readonly number[]): Float64Array {
  const shares = new Float64Array(ranks.reduce((sum, rank) => sum + rank, 0) + 1);
  shares[0] = 1;
  for (const rank of ranks) {
    for (let sum = shares.length - 1; sum >= 0; sum--) {
      shares[sum] = (shares[sum]! + (sum >= rank ? shares[sum - rank]! : 0)) / 2;
    }
  }
  return shares;
}
