import type { ConfusionCounts } from './countConfusion';
import type { GapName, SharedGapName } from './gapDefinitions';
import type { GroupMetrics } from './rateGroup';

/** How far apart two groups are, by every definition. */
export type PairGaps = Record<Exclude<GapName, SharedGapName>, number> & Record<SharedGapName, number | null>;

/**
 * How far apart two groups are, by every definition of {@link gapDefinitions}.
 *
 * @param counts of all groups
 * @param groups rates of all groups, from the same counts
 * @param a a group with samples
 * @param b another one
 * @returns null under the definitions over shared classes when the two groups share none
 */
export function measurePairGaps(
  counts: ConfusionCounts,
  groups: readonly GroupMetrics[],
  a: number,
  b: number,
): PairGaps {
  const { classCount, predicted } = counts;
  const groupA = groups[a]!;
  const groupB = groups[b]!;
  const all = { eopp0: 0, eopp1: 0, eodd: 0, separate: 0, fairAdaBn: 0, parity: 0 };
  const shared = { classes: 0, eopp0: 0, eopp1: 0, eodd: 0 };
  for (let k = 0; k < classCount; k++) {
    const ratesA = groupA.perClass[k]!;
    const ratesB = groupB.perClass[k]!;
    const dTpr = ratesA.tpr - ratesB.tpr;
    const dFpr = ratesA.fpr - ratesB.fpr;
    const dTnr = ratesA.tnr - ratesB.tnr;
    all.eopp0 += Math.abs(dTnr);
    all.eopp1 += Math.abs(dTpr);
    all.eodd += Math.abs(dTpr + dFpr);
    all.separate += Math.abs(dTpr) + Math.abs(dFpr);
    all.fairAdaBn += Math.abs(dTpr + dTnr);
    all.parity += Math.abs(predicted[a * classCount + k]! / groupA.n - predicted[b * classCount + k]! / groupB.n);
    if (ratesA.support === 0 || ratesB.support === 0) continue;
    shared.classes++;
    shared.eopp0 += Math.abs(dTnr);
    shared.eopp1 += Math.abs(dTpr);
    shared.eodd += Math.abs(dTpr + dFpr);
  }
  const overShared = (sum: number) => (shared.classes === 0 ? null : sum / shared.classes);
  return {
    eopp0: all.eopp0 / classCount,
    eopp1: all.eopp1 / classCount,
    eodd: all.eodd / 2 / classCount,
    eopp0Shared: overShared(shared.eopp0),
    eopp1Shared: overShared(shared.eopp1),
    eoddShared: overShared(shared.eodd / 2),
    eopp0Sum: all.eopp0,
    eopp1Sum: all.eopp1,
    eoddSum: all.eodd,
    eoddSeparate: all.separate / 2 / classCount,
    eoddFairAdaBn: all.fairAdaBn / classCount,
    demographicParity: all.parity / classCount,
  };
}
