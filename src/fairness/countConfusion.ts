import { LabError } from '../foundation/labError';

/** Labels, predictions and groups of the same samples, in the same order. Group 0 is the unprivileged one. */
export interface ClassifiedSamples {
  /** True class of each sample, 0 … classCount-1. */
  labels: ArrayLike<number>;
  /** Predicted class of each sample, 0 … classCount-1. */
  predicted: ArrayLike<number>;
  /** Group of each sample, 0 … groupCount-1. */
  groups: ArrayLike<number>;
  classCount: number;
  /** 2 when left out, as in the paper. */
  groupCount?: number;
}

/**
 * What the rates of every class in every group are made from. The arrays are indexed by `group * classCount + class`,
 * so that a resample can be counted into them without allocating.
 */
export interface ConfusionCounts {
  classCount: number;
  groupCount: number;
  /** Samples whose label is the class. */
  support: Int32Array;
  /** Samples whose prediction is the class. */
  predicted: Int32Array;
  /** Samples whose label and prediction both are the class: its true positives. */
  hits: Int32Array;
}

/** Counts of nothing yet. */
export function createConfusionCounts(classCount: number, groupCount = 2): ConfusionCounts {
  const size = groupCount * classCount;
  return {
    classCount,
    groupCount,
    support: new Int32Array(size),
    predicted: new Int32Array(size),
    hits: new Int32Array(size),
  };
}

/** Sets all counts to zero. */
export function clearConfusionCounts(counts: ConfusionCounts): void {
  counts.support.fill(0);
  counts.predicted.fill(0);
  counts.hits.fill(0);
}

/** Adds `count` samples that share group, label and prediction. Nothing is checked here. */
export function addToConfusion(
  counts: ConfusionCounts,
  group: number,
  label: number,
  predicted: number,
  count: number,
): void {
  const offset = group * counts.classCount;
  counts.support[offset + label]! += count;
  counts.predicted[offset + predicted]! += count;
  if (label === predicted) counts.hits[offset + label]! += count;
}

/**
 * Counts labels, predictions and hits by group and class.
 *
 * @param predictions see {@link checkPredictions} for what is allowed
 * @throws LabError `predictions-invalid`
 */
export function countConfusion(predictions: ClassifiedSamples): ConfusionCounts {
  checkPredictions(predictions);
  const { labels, predicted, groups, classCount, groupCount } = predictions;
  const counts = createConfusionCounts(classCount, groupCount);
  for (let i = 0; i < labels.length; i++) addToConfusion(counts, groups[i]!, labels[i]!, predicted[i]!, 1);
  return counts;
}

/**
 * Checks that labels, predictions and groups are of equal length, that classes are whole numbers from 0 to
 * classCount - 1, and groups from 0 to groupCount - 1.
 *
 * @throws LabError `predictions-invalid`, naming the first position that is wrong, counted from 0
 */
export function checkPredictions({ labels, predicted, groups, classCount, groupCount = 2 }: ClassifiedSamples): void {
  if (!Number.isInteger(classCount) || classCount < 1) {
    throw invalid(`The number of classes is ${classCount}; it must be a whole number from 1 up.`, { classCount });
  }
  if (predicted.length !== labels.length || groups.length !== labels.length) {
    throw invalid(
      `There are ${labels.length} labels, ${predicted.length} predictions and ${groups.length} groups; the three must be equally many.`,
      { labels: labels.length, predictions: predicted.length, groups: groups.length },
    );
  }
  for (let i = 0; i < labels.length; i++) {
    checkIndex('label', 'classes', labels[i]!, i, classCount);
    checkIndex('prediction', 'classes', predicted[i]!, i, classCount);
    checkIndex('group', 'groups', groups[i]!, i, groupCount);
  }
}

function checkIndex(what: string, kind: string, value: number, position: number, count: number): void {
  if (Number.isInteger(value) && value >= 0 && value < count) return;
  throw invalid(`The ${what} at position ${position} is ${value}; ${kind} run from 0 to ${count - 1}.`, {
    position,
    found: value,
  });
}

function invalid(message: string, details: Record<string, number>): LabError {
  return new LabError({
    code: 'predictions-invalid',
    message,
    hint: 'Give one label, one prediction and one group per sample, in the same order. Positions count from 0.',
    details,
  });
}

/** The counts of all groups together, as those of a single one. */
export function poolGroups({ classCount, groupCount, support, predicted, hits }: ConfusionCounts): ConfusionCounts {
  const pooled = createConfusionCounts(classCount, 1);
  for (let i = 0; i < groupCount * classCount; i++) {
    pooled.support[i % classCount]! += support[i]!;
    pooled.predicted[i % classCount]! += predicted[i]!;
    pooled.hits[i % classCount]! += hits[i]!;
  }
  return pooled;
}

/** The number of samples of a group. */
export function groupSize({ support, classCount }: ConfusionCounts, group: number): number {
  let n = 0;
  for (let k = 0; k < classCount; k++) n += support[group * classCount + k]!;
  return n;
}
