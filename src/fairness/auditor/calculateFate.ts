import type { Verdict } from './cellCheck';
import { readPrintedNumber } from './printedNumber';
import { judgeFate, recomputeFate } from './recomputeFate';
import type { ValueRange } from './valueRange';

/** Numbers of a FATE as they are printed. */
export interface FateTexts {
  accuracyModel: string;
  accuracyBaseline: string;
  criterionModel: string;
  criterionBaseline: string;
  /** A FATE to check, or empty. */
  fate: string;
}

export interface CalculatedFate {
  /** From the numbers as they stand; null where it is undefined. */
  value: number | null;
  /** What their rounding allows; null when a divisor may be 0. */
  range: ValueRange | null;
  /** Of the FATE to check; null when there is none. */
  verdict: Verdict | null;
}

/** Works out one FATE from printed numbers, with what their rounding allows. @returns null until all four are numbers */
export function calculateFate(texts: FateTexts, lambda: number): CalculatedFate | null {
  const read = (text: string) => readPrintedNumber(text);
  const accuracy = read(texts.accuracyModel);
  const accuracyBaseline = read(texts.accuracyBaseline);
  const criterion = read(texts.criterionModel);
  const criterionBaseline = read(texts.criterionBaseline);
  if (!accuracy || !accuracyBaseline || !criterion || !criterionBaseline) return null;
  const printed = read(texts.fate);
  const parts = { accuracy, accuracyBaseline, criterion, criterionBaseline, isBaseline: false, lambda };
  const found = recomputeFate(parts);
  return { value: found.recomputed, range: found.range, verdict: printed && judgeFate(printed, found) };
}
