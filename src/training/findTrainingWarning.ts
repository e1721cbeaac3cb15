import type { EpochRecord, TrainingWarning } from './trainSettings';

/** A validation loss this many times its lowest so far has left what was learned behind. */
const risenTimes = 3;

/** What the look at the validation split after an epoch found. */
export interface ValidationLook {
  loss: number;
  /** Predicted class of each sample. */
  predicted: ArrayLike<number>;
  /** True class of each sample. */
  labels: ArrayLike<number>;
  classCount: number;
}

/**
 * Recognises training that went wrong without an infinite loss.
 *
 * `one-class`: the labels hold several classes, every prediction is the same one. `loss-rose`: the validation loss is
 * above three times its lowest so far and above ln(classes), which guessing all classes alike would give.
 *
 * @param before the epochs before this one
 */
export function findTrainingWarning(look: ValidationLook, before: readonly EpochRecord[]): TrainingWarning | null {
  if (distinct(look.labels) > 1 && distinct(look.predicted) === 1) return 'one-class';
  const lowest = Math.min(...before.map(({ validationLoss }) => validationLoss));
  return look.loss > Math.max(risenTimes * lowest, Math.log(look.classCount)) ? 'loss-rose' : null;
}

function distinct(values: ArrayLike<number>): number {
  return new Set(Array.from(values)).size;
}
