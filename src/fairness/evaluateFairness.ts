import { LabError } from '../foundation/labError';
import { type ConfusionCounts, countConfusion } from './countConfusion';
import type { ClassRates, FairnessCriterion, FairnessReport, Predictions, TableRow } from './fairnessReport';
import { groupSize, rateGroup } from './rateGroup';

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
 * @throws LabError `group-too-small`
 */
export function evaluateCounts(counts: ConfusionCounts): FairnessReport {
  requireBothGroups(counts);
  const group0 = rateGroup(counts, 0);
  const group1 = rateGroup(counts, 1);
  const inBothGroups = (k: number) => group0.perClass[k]!.support > 0 && group1.perClass[k]!.support > 0;
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
    ...measureGaps(group0.perClass, group1.perClass),
    bothGroups: measureSharedGaps(
      group0.perClass.filter((_, k) => inBothGroups(k)),
      group1.perClass.filter((_, k) => inBothGroups(k)),
    ),
    worstGroupF1: Math.min(group0.f1, group1.f1),
    demographicParityGap: measureParityGap(counts, group0.n, group1.n),
  };
}

/** Means over the given classes, of which there is at least one; the two lists are of the same classes. */
function measureGaps(rates0: ClassRates[], rates1: ClassRates[]): Record<FairnessCriterion, number> {
  let eopp0 = 0;
  let eopp1 = 0;
  let eodd = 0;
  for (const [k, { tpr, fpr, tnr }] of rates0.entries()) {
    const other = rates1[k]!;
    eopp0 += Math.abs(tnr - other.tnr);
    eopp1 += Math.abs(tpr - other.tpr);
    eodd += Math.abs(tpr - other.tpr + (fpr - other.fpr)) / 2;
  }
  return { eopp0: eopp0 / rates0.length, eopp1: eopp1 / rates0.length, eodd: eodd / rates0.length };
}

function measureSharedGaps(rates0: ClassRates[], rates1: ClassRates[]): FairnessReport['bothGroups'] {
  return rates0.length === 0 ? null : { classCount: rates0.length, ...measureGaps(rates0, rates1) };
}

function measureParityGap({ predicted, classCount }: ConfusionCounts, n0: number, n1: number): number {
  let sum = 0;
  for (let k = 0; k < classCount; k++) sum += Math.abs(predicted[k]! / n0 - predicted[classCount + k]! / n1);
  return sum / classCount;
}

function tableRow(group0: number, group1: number): TableRow {
  return { group0, group1, avg: (group0 + group1) / 2, diff: Math.abs(group0 - group1) };
}

function requireBothGroups(counts: ConfusionCounts): void {
  for (const group of [0, 1] as const) {
    if (groupSize(counts, group) > 0) continue;
    throw new LabError({
      code: 'group-too-small',
      message: `Group ${group} has no samples, so there is nothing to compare.`,
      hint: 'Use a split in which both groups occur, or map other values of the attribute to this group.',
      details: { group },
    });
  }
}
