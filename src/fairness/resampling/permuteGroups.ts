import type { Random } from '../../foundation/random';

/** The samples of each class. */
export function poolByClass(labels: ArrayLike<number>, classCount: number): Int32Array[] {
  const pools: number[][] = Array.from({ length: classCount }, () => []);
  for (let i = 0; i < labels.length; i++) pools[labels[i]!]!.push(i);
  return pools.map((pool) => Int32Array.from(pool));
}

/**
 * Deals the groups out anew among the samples of each class, so that every group keeps as many samples of each class as
 * it has (Fisher-Yates).
 *
 * @param groups group of each sample; changed
 * @param pools from {@link poolByClass}
 */
export function permuteGroups(groups: Int32Array, pools: readonly Int32Array[], random: Random): void {
  for (const pool of pools) {
    for (let i = pool.length - 1; i > 0; i--) {
      const sample = pool[i]!;
      const other = pool[random.integer(i + 1)]!;
      const group = groups[sample]!;
      groups[sample] = groups[other]!;
      groups[other] = group;
    }
  }
}
