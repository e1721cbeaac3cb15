import type { Random } from '../../foundation/random';
import type { EvaluatedSamples } from './evaluatedModel';

type PermutedSamples = Pick<EvaluatedSamples, 'labels' | 'groups' | 'classCount' | 'clusters'>;

/**
 * Whose groups are dealt out among whom. A unit is what keeps one group: a sample, or the samples of one class and group
 * in a cluster. A pool is the units of one class.
 */
export interface PermutationPlan {
  /** Units of each pool. */
  pools: Int32Array[];
  unitOfSample: Int32Array;
  /** Group of each unit as it was dealt last. */
  groupOfUnit: Int32Array;
}

/**
 * Lays out the permutation of groups within class. Samples of a cluster and class are alike more than others are, so
 * they go together; that a cluster's samples of different classes may be alike too is left out.
 *
 * @param samples.clusters cluster of each sample, or null; a sample with an empty text is a cluster of its own
 */
export function planPermutation({ labels, groups, classCount, clusters }: PermutedSamples): PermutationPlan {
  const unitOfSample = new Int32Array(labels.length);
  const unitOfKey = new Map<string, number>();
  const groupOfUnit: number[] = [];
  const pools: number[][] = Array.from({ length: classCount }, () => []);
  for (let i = 0; i < labels.length; i++) {
    const key = clusters?.[i] ? `${labels[i]} ${groups[i]} ${clusters[i]}` : null;
    let unit = key === null ? undefined : unitOfKey.get(key);
    if (unit === undefined) {
      unit = groupOfUnit.push(groups[i]!) - 1;
      pools[labels[i]!]!.push(unit);
      if (key !== null) unitOfKey.set(key, unit);
    }
    unitOfSample[i] = unit;
  }
  return {
    pools: pools.map((pool) => Int32Array.from(pool)),
    unitOfSample,
    groupOfUnit: Int32Array.from(groupOfUnit),
  };
}

/**
 * Deals the groups out anew within each pool (Fisher-Yates). Every group keeps as many units of each class as it has;
 * without clusters these are its samples.
 *
 * @param plan changed
 * @param groups overwritten with the group of each sample
 */
export function permuteGroups(
  { pools, unitOfSample, groupOfUnit }: PermutationPlan,
  groups: Int32Array,
  random: Random,
): void {
  for (const pool of pools) {
    for (let i = pool.length - 1; i > 0; i--) {
      const unit = pool[i]!;
      const other = pool[random.integer(i + 1)]!;
      const group = groupOfUnit[unit]!;
      groupOfUnit[unit] = groupOfUnit[other]!;
      groupOfUnit[other] = group;
    }
  }
  for (let i = 0; i < groups.length; i++) groups[i] = groupOfUnit[unitOfSample[i]!]!;
}
