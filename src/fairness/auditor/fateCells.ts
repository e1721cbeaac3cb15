import type { CellCheck } from './cellCheck';
import { fixedLike } from './fixedLike';
import type { PrintedNumber } from './printedNumber';
import type { PublishedRow } from './publishedTable';
import { type FateParts, judgeFate, recomputeFate } from './recomputeFate';

/** How the rows of a table belong together. */
export interface PublishedAuditOptions {
  /** Method that is the baseline of every row which names none itself; null: the first row with FATE 0, or the first. */
  baseline?: string | null;
  /** Quantity whose Avg is FATE's ACC; null: F1, or else the first quantity of the row. */
  accuracy?: string | null;
  /** λ of FATE. */
  lambda?: number;
}

/** A printed FATE with the rows and numbers that it follows from. */
export interface FateCell {
  row: PublishedRow;
  baseline: PublishedRow;
  criterion: string;
  printed: PrintedNumber;
  parts: FateParts;
  check: CellCheck;
}

/** A FATE that could not be checked, and what is missing. */
export interface UncheckedFate {
  table: string;
  method: string;
  column: string;
  why: string;
}

/** Checks every FATE of a row against its baseline's row; those that lack a number go to `unchecked`. */
export function fateCells(
  row: PublishedRow,
  baseline: PublishedRow,
  { accuracy = null, lambda = 1 }: PublishedAuditOptions,
  unchecked: UncheckedFate[],
): FateCell[] {
  const quantity = accuracy ?? (row.quantities.has('F1') ? 'F1' : [...row.quantities.keys()][0]);
  return [...row.criteria].flatMap(([criterion, { value, fate }]) => {
    if (!fate) return [];
    const column = `FATE ${criterion}`;
    const { table, method } = row;
    const parts = {
      accuracy: avgOf(row, quantity),
      accuracyBaseline: avgOf(baseline, quantity),
      criterion: value,
      criterionBaseline: baseline.criteria.get(criterion)?.value ?? null,
    };
    const missing = Object.entries(parts).find(([, part]) => part === null)?.[0];
    if (missing !== undefined) {
      unchecked.push({ table, method, column, why: missingWords(missing, quantity, criterion, baseline.method) });
      return [];
    }
    const full = { ...(parts as Pick<FateParts, keyof typeof parts>), isBaseline: row === baseline, lambda };
    const found = recomputeFate(full);
    const { recomputed, range } = found;
    const check: CellCheck = {
      table,
      method,
      column,
      printed: fate.text,
      recomputed,
      low: range?.low ?? null,
      high: range?.high ?? null,
      verdict: judgeFate(fate, found),
      why: fateWords(full, recomputed, fate, baseline.method),
    };
    return [{ row, baseline, criterion, printed: fate, parts: full, check }];
  });
}

function avgOf(row: PublishedRow, quantity: string | undefined): PrintedNumber | null {
  return (quantity === undefined ? undefined : row.quantities.get(quantity))?.avg ?? null;
}

function missingWords(part: string, quantity: string | undefined, criterion: string, baseline: string): string {
  const acc = `the Avg of ${quantity ?? 'an accuracy'}`;
  if (part === 'accuracy') return `the row has no number for ${acc}`;
  if (part === 'criterion') return `the row has no number for ${criterion}`;
  return `its baseline "${baseline}" has no number for ${part === 'accuracyBaseline' ? acc : criterion}`;
}

function fateWords(parts: FateParts, recomputed: number | null, fate: PrintedNumber, baseline: string): string {
  if (parts.isBaseline) return 'the baseline against itself: 0';
  const { accuracy, accuracyBaseline, criterion, criterionBaseline, lambda } = parts;
  const weight = lambda === 1 ? '' : `${lambda} × `;
  const result = recomputed === null ? 'undefined' : fixedLike(recomputed, fate);
  return `(${accuracy.text} − ${accuracyBaseline.text}) / ${accuracyBaseline.text} − ${weight}(${criterion.text} − ${criterionBaseline.text}) / ${criterionBaseline.text} = ${result}, against ${baseline}`;
}
