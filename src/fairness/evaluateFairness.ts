import { LabError } from '../foundation/labError';
import { type ConfusionCounts, countConfusion } from './countConfusion';
import type { FairnessReport, GroupMetrics, Predictions, TableRow } from './fairnessReport';
import { measurePairGaps, type PairGaps } from './measurePairGaps';
import { rateGroups } from './rateGroup';

/**
 * The paper's table for one model on one split: what it does on each group, and how far the groups are apart.
 *
 *     Eopp0 = mean_k |TNR_0k - TNR_1k|
 *     Eopp1 = mean_k |TPR_0k - TPR_1k|
 *     Eodd  = mean_k |(TPR_0k - TPR_1k) + (FPR_0k - FPR_1k)| / 2
 *
 * k runs over all K classes, 0 and 1 are the groups; the rates are those of {@link rateGroup}. Each criterion lies in
 * 0 … 1. 0 means that the rates agree in every class; it does not mean that both groups are served well. Opposite signs
 * cancel in Eodd, and a class that one group lacks enters with the other group's whole rate: `bothGroups` leaves such
 * classes out.
 *
 * Source: "Achieving Fairness Through Channel Pruning for Dermatological Disease Diagnosis" (MICCAI 2024) and the
 * metrics of its published code, whose means over classes and half in Eodd the paper's tables follow.
 * `analysePredictions` has the other readings, and more than two groups.
 *
 * @param predictions labels, predictions and groups of the same samples; both groups need at least one
 * @throws LabError `predictions-invalid` for lengths, classes or groups that cannot be, with the first wrong position
 * @throws LabError `group-too-small` when a group has no samples, naming it
 */
export function evaluateFairness(predictions: Predictions): FairnessReport {
  return evaluateCounts(countConfusion(predictions));
}

/**
 * {@link evaluateFairness} from counts: what the bootstrap calls for every replicate.
 * @throws LabError `group-too-small`; `predictions-invalid` when there are not two groups
 */
export function evaluateCounts(counts: ConfusionCounts): FairnessReport {
  if (counts.groupCount !== 2) {
    throw new LabError({
      code: 'predictions-invalid',
      message: `The paper's table is of two groups, and there are ${counts.groupCount}.`,
      hint: 'Analyse the predictions instead, which takes any number of groups.',
      details: { groups: counts.groupCount },
    });
  }
  const groups = rateGroups(counts);
  const [group0, group1] = groups as [GroupMetrics, GroupMetrics];
  const gaps = measurePairGaps(counts, groups, 0, 1);
  return {
    n: group0.n + group1.n,
    classCount: counts.classCount,
    groups: [group0, group1],
    rows: {
      precision: tableRow(group0.precision, group1.precision),
      recall: tableRow(group0.recall, group1.recall),
      f1: tableRow(group0.f1, group1.f1),
      accuracy: tableRow(group0.accuracy, group1.accuracy),
    },
    eopp0: gaps.eopp0,
    eopp1: gaps.eopp1,
    eodd: gaps.eodd,
    bothGroups: sharedGaps(gaps, group0, group1),
    worstGroupF1: Math.min(group0.f1, group1.f1),
    demographicParityGap: gaps.demographicParity,
  };
}

function sharedGaps(
  { eopp0Shared, eopp1Shared, eoddShared }: PairGaps,
  group0: GroupMetrics,
  group1: GroupMetrics,
): FairnessReport['bothGroups'] {
  if (eopp0Shared === null || eopp1Shared === null || eoddShared === null) return null;
  const classCount = group0.perClass.filter(({ support }, k) => support > 0 && group1.perClass[k]!.support > 0).length;
  return { classCount, eopp0: eopp0Shared, eopp1: eopp1Shared, eodd: eoddShared };
}

function tableRow(group0: number, group1: number): TableRow {
  return { group0, group1, avg: (group0 + group1) / 2, diff: Math.abs(group0 - group1) };
}
