import { LabError } from '../foundation/labError';
import type { Predictions } from './fairnessReport';

/**
 * What the rates of every class in both groups are made from. The arrays are indexed by `group * classCount + class`,
 * so that a resample can be counted into them without allocating.
 */
export interface ConfusionCounts {
  classCount: number;
  /** Samples whose label is the class. */
  support: Int32Array;
  /** Samples whose prediction is the class. */
  predicted: Int32Array;
  /** Samples whose label and prediction both are the class: its true positives. */
  hits: Int32Array;
}

/** Counts of nothing yet. */
export function createConfusionCounts(classCount: number): ConfusionCounts {
  return {
    classCount,
    support: new Int32Array(2 * classCount),
    predicted: new Int32Array(2 * classCount),
    hits: new Int32Array(2 * classCount),
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
export function countConfusion(predictions: Predictions): ConfusionCounts {
  checkPredictions(predictions);
  const { labels, predicted, groups, classCount } = predictions;
  const counts = createConfusionCounts(classCount);
  for (let i = 0; i < labels.length; i++) addToConfusion(counts, groups[i]!, labels[i]!, predicted[i]!, 1);
  return counts;
}

/**
 * Checks that labels, predictions and groups are of equal length, classes are whole numbers from 0 to classCount - 1,
 * and groups are 0 or 1.
 *
 * @throws LabError `predictions-invalid`, naming the first position that is wrong, counted from 0
 */
export function checkPredictions({ labels, predicted, groups, classCount }: Predictions): void {
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
    checkClass('label', labels[i]!, i, classCount);
    checkClass('prediction', predicted[i]!, i, classCount);
    const group = groups[i]!;
    if (group !== 0 && group !== 1) {
      throw invalid(`The group at position ${i} is ${group}; groups are 0 or 1.`, { position: i, found: group });
    }
  }
}

function checkClass(what: string, value: number, position: number, classCount: number): void {
  if (Number.isInteger(value) && value >= 0 && value < classCount) return;
  throw invalid(`The ${what} at position ${position} is ${value}; classes run from 0 to ${classCount - 1}.`, {
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
