import { computeFate } from '../computeFate';
import type { Verdict } from './cellCheck';
import type { PrintedNumber } from './printedNumber';
import { divideRanges, type ValueRange } from './valueRange';
import { verdictOf } from './verdictOf';

/** The printed numbers that a FATE follows from. */
export interface FateParts {
  accuracy: PrintedNumber;
  accuracyBaseline: PrintedNumber;
  criterion: PrintedNumber;
  criterionBaseline: PrintedNumber;
  /** True in the baseline's own row: its FATE is 0 whatever the digits. */
  isBaseline: boolean;
  lambda: number;
}

/** A FATE worked out from printed numbers. */
export interface RecomputedFate {
  /** From the numbers as they stand; null where it is undefined. */
  recomputed: number | null;
  /** All values that their rounding allows; null when a divisor may be 0. */
  range: ValueRange | null;
}

/**
 * Recomputes a FATE and its range over all values that round to the printed ones. FATE = ACC_m/ACC_b - 1 + λ - λ FC_m/FC_b
 * names each quantity once, so the ends of the quotients' ranges give the exact ends of its own.
 */
export function recomputeFate(parts: FateParts): RecomputedFate {
  if (parts.isBaseline) return { recomputed: 0, range: { low: 0, high: 0 } };
  const { accuracy, accuracyBaseline, criterion, criterionBaseline, lambda } = parts;
  const recomputed = computeFate({
    accuracyModel: accuracy.value,
    accuracyBaseline: accuracyBaseline.value,
    criterionModel: criterion.value,
    criterionBaseline: criterionBaseline.value,
    lambda,
  });
  if (accuracyBaseline.low <= 0 || criterionBaseline.low <= 0) return { recomputed, range: null };
  const gain = divideRanges(accuracy, accuracyBaseline);
  const rise = divideRanges(criterion, criterionBaseline);
  const range = { low: gain.low - 1 + lambda - lambda * rise.high, high: gain.high - 1 + lambda - lambda * rise.low };
  return { recomputed, range };
}

/** Judges a printed FATE by what {@link recomputeFate} finds. */
export function judgeFate(printed: PrintedNumber, { recomputed, range }: RecomputedFate): Verdict {
  return range ? verdictOf(printed, recomputed, range) : 'open';
}
