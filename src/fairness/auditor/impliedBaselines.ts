import type { FateCell } from './fateCells';
import { divideRanges, intersectRanges, type ValueRange } from './valueRange';

/** A baseline gap that explains printed FATEs that the printed one does not. */
export interface ImpliedBaseline {
  table: string;
  criterion: string;
  /** Baseline gap as printed. */
  printed: string;
  /** Baseline gaps under which every FATE of the column is possible. */
  low: number;
  high: number;
  /** Rows whose FATE it explains, and how many of them are impossible with the printed one. */
  rows: number;
  impossible: number;
}

/** Looks, in every column with impossible FATEs, for a baseline gap that would explain all of the column. */
export function impliedBaselines(cells: readonly FateCell[]): ImpliedBaseline[] {
  const columns = new Map<string, FateCell[]>();
  for (const cell of cells.filter(({ parts }) => !parts.isBaseline)) {
    const { row, baseline, criterion } = cell;
    const key = JSON.stringify([row.table, baseline.table, baseline.method, criterion]);
    columns.set(key, [...(columns.get(key) ?? []), cell]);
  }
  return [...columns.values()].flatMap((column) => {
    const impossible = column.filter(({ check }) => check.verdict === 'impossible').length;
    const range = impliedRange(column);
    // One row alone always has a baseline that explains it.
    if (impossible === 0 || column.length < 2 || !range) return [];
    const { row, criterion, parts } = column[0]!;
    const printed = parts.criterionBaseline.text;
    return [{ table: row.table, criterion, printed, ...range, rows: column.length, impossible }];
  });
}

/**
 * The baseline gaps under which all FATEs of a column are possible: from FATE = ACC_m/ACC_b - 1 + λ - λ FC_m/FC_b,
 * FC_b = λ FC_m / (ACC_m/ACC_b - 1 + λ - FATE).
 *
 * @param cells of rows that are measured against the same baseline, without the baseline's own
 * @returns null when no gap explains them all, or when a FATE tells nothing of it (its divisor may be 0)
 */
function impliedRange(cells: readonly FateCell[]): ValueRange | null {
  const ranges = cells.map(({ printed, parts }) => {
    const { accuracy, accuracyBaseline, criterion, lambda } = parts;
    if (accuracyBaseline.low <= 0) return null;
    const gain = divideRanges(accuracy, accuracyBaseline);
    const divisor = { low: gain.low - 1 + lambda - printed.high, high: gain.high - 1 + lambda - printed.low };
    if (divisor.low <= 0) return null;
    return divideRanges({ low: lambda * criterion.low, high: lambda * criterion.high }, divisor);
  });
  const known = ranges.filter((range) => range !== null);
  return known.length > 0 && known.length === ranges.length ? intersectRanges(known) : null;
}
