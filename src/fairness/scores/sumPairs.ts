import type { Positions, ScoreRanking } from './rankScores';

/**
 * Two groups' sums in one float64: the first group's as it is, the second's times this. Exact while the weights of all
 * samples add up to less than 2^25, since twice a sum has to fit.
 */
const secondGroup = 2 ** 27;

/** Weighted pairs of a positive above a negative, ties counting one half. */
export interface PairSums {
  /** Both of group a, and both of group b. */
  a: number;
  b: number;
  /** The negative of either group, the positive of any. */
  any: number;
}

/**
 * Packs the weights of two groups so that one pass over a ranking sums both.
 *
 * @param packed overwritten; a sample of another group counts 0
 * @param b -1 for none
 */
export function packWeights(
  weights: Int32Array,
  groups: ArrayLike<number>,
  a: number,
  b: number,
  packed: Float64Array,
): void {
  for (let i = 0; i < packed.length; i++) {
    const group = groups[i];
    packed[i] = group === a ? weights[i]! : group === b ? weights[i]! * secondGroup : 0;
  }
}

/**
 * Counts the weighted pairs of a ranking, the numerator of the area under the ROC curve (Mann-Whitney's U).
 *
 * @param packed from {@link packWeights} with the same weights, groups, a and b
 */
export function sumPairs(
  { negatives, positives, below, upTo }: ScoreRanking,
  weights: Int32Array,
  groups: ArrayLike<number>,
  packed: Float64Array,
  a: number,
  b: number,
): PairSums {
  const sums = { a: 0, b: 0, any: 0 };
  let next = 0;
  let lastBelow = -1;
  let sumBelow = 0;
  let sumUpTo = 0;
  for (let p = 0; p < positives.length; p++) {
    const positive = positives[p]!;
    const weight = weights[positive]!;
    if (weight === 0) continue;
    // Positives of one score share their sums; those of a higher one go on where the ties ended.
    if (below[p] !== lastBelow || upTo[p] !== next) {
      lastBelow = below[p]!;
      sumBelow = sumUpTo + sumRun(packed, negatives, next, lastBelow);
      next = upTo[p]!;
      sumUpTo = next === lastBelow ? sumBelow : sumBelow + sumRun(packed, negatives, lastBelow, next);
    }
    const twice = sumBelow + sumUpTo;
    const twiceB = Math.floor(twice / secondGroup);
    const twiceA = twice - twiceB * secondGroup;
    if (groups[positive] === a) sums.a += (weight * twiceA) / 2;
    else if (groups[positive] === b) sums.b += (weight * twiceB) / 2;
    sums.any += (weight * (twiceA + twiceB)) / 2;
  }
  return sums;
}

/** Four sums at once, since a processor waits for each addition before the next one to the same sum. */
function sumRun(packed: Float64Array, negatives: Positions, start: number, end: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = start;
  for (; j + 3 < end; j += 4) {
    s0 += packed[negatives[j]!]!;
    s1 += packed[negatives[j + 1]!]!;
    s2 += packed[negatives[j + 2]!]!;
    s3 += packed[negatives[j + 3]!]!;
  }
  for (; j < end; j++) s0 += packed[negatives[j]!]!;
  return s0 + s1 + s2 + s3;
}
