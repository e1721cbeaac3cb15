import { LabError } from '../foundation/labError';
import { type ConfusionCounts, groupSize } from './countConfusion';

/** One-vs-rest rates of one class inside one group. A rate with denominator 0 counts 0. */
export interface ClassRates {
  /** Samples of the class in the group. */
  support: number;
  tpr: number;
  fpr: number;
  tnr: number;
}

/** What a model does on one group. Precision, recall and F1 are macro means over the classes that occur in it. */
export interface GroupMetrics {
  n: number;
  accuracy: number;
  /** Mean recall over the classes that have samples in the group. */
  balancedAccuracy: number;
  precision: number;
  recall: number;
  f1: number;
  perClass: ClassRates[];
}

/**
 * {@link rateGroup} of every group.
 * @throws LabError `group-too-small` when a group has no samples, naming it
 */
export function rateGroups(counts: ConfusionCounts): GroupMetrics[] {
  return Array.from({ length: counts.groupCount }, (_, group) => {
    if (groupSize(counts, group) > 0) return rateGroup(counts, group);
    throw new LabError({
      code: 'group-too-small',
      message: `Group ${group} has no samples, so there is nothing to compare.`,
      hint: 'Use a split in which every group occurs, or map other values of the attribute to this group.',
      details: { group },
    });
  });
}

/**
 * Rates of one group from its counts.
 *
 *     TPR = TP / (TP + FN)    FPR = FP / (FP + TN)    TNR = TN / (FP + TN)
 *     precision = TP / (TP + FP)    recall = TPR    F1 = 2 TP / (2 TP + FP + FN)
 *
 * One-vs-rest for each class, inside the group. A rate with denominator 0 counts 0. Precision, recall and F1 are macro
 * means over the classes that occur as label or prediction in the group (scikit-learn's default).
 *
 * @param counts of all groups
 * @param group 0 … groupCount-1; needs at least one sample
 */
export function rateGroup(counts: ConfusionCounts, group: number): GroupMetrics {
  const { classCount } = counts;
  const offset = group * classCount;
  const n = groupSize(counts, group);
  const perClass: ClassRates[] = [];
  const sum = { hits: 0, precision: 0, recall: 0, f1: 0 };
  let classesPresent = 0;
  let classesLabelled = 0;
  for (let k = 0; k < classCount; k++) {
    const support = counts.support[offset + k]!;
    const predicted = counts.predicted[offset + k]!;
    const hits = counts.hits[offset + k]!;
    const negatives = n - support;
    const falsePositives = predicted - hits;
    const tpr = divide(hits, support);
    perClass.push({
      support,
      tpr,
      fpr: divide(falsePositives, negatives),
      tnr: divide(negatives - falsePositives, negatives),
    });
    if (support > 0) classesLabelled++;
    if (support > 0 || predicted > 0) classesPresent++;
    sum.hits += hits;
    sum.recall += tpr;
    sum.precision += divide(hits, predicted);
    sum.f1 += divide(2 * hits, support + predicted);
  }
  return {
    n,
    accuracy: divide(sum.hits, n),
    balancedAccuracy: divide(sum.recall, classesLabelled),
    precision: divide(sum.precision, classesPresent),
    recall: divide(sum.recall, classesPresent),
    f1: divide(sum.f1, classesPresent),
    perClass,
  };
}

function divide(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
