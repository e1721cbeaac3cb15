import type { CellCheck, Verdict } from './cellCheck';
import { checkEoddCell } from './checkEoddCell';
import { checkQuantityCells } from './checkQuantityCells';
import { fateCells, type PublishedAuditOptions, type UncheckedFate } from './fateCells';
import { findBaselineRow } from './findBaselineRow';
import { type CopiedRows, findCopiedRows } from './findCopiedRows';
import { type ImpliedBaseline, impliedBaselines } from './impliedBaselines';
import { type PublishedTables, readPublishedTable } from './readPublishedTable';

/** What the printed numbers of published tables allow and what they do not. */
export interface PublishedAudit {
  checks: CellCheck[];
  counts: Record<Verdict, number>;
  copiedRows: CopiedRows[];
  impliedBaselines: ImpliedBaseline[];
  /** FATEs that could not be checked, each with what is missing. */
  unchecked: UncheckedFate[];
  rowCount: number;
  unusedColumns: string[];
  unreadableCells: PublishedTables['unreadableCells'];
}

/**
 * Audits published tables: every FATE, Avg, Diff and Eodd is recomputed from the cells it follows from, with the range that
 * their rounding leaves. An impossible cell shows that the printed numbers do not belong together, not which of them is
 * wrong.
 *
 * @param text CSV or Markdown, see {@link readPublishedTable}
 * @throws LabError as {@link readPublishedTable} and {@link findBaselineRow} do
 */
export function auditPublishedTable(text: string, options: PublishedAuditOptions = {}): PublishedAudit {
  const { rows, unusedColumns, unreadableCells } = readPublishedTable(text);
  const unchecked: UncheckedFate[] = [];
  const fates = rows.flatMap((row) => {
    const baseline = findBaselineRow(row, rows, options.baseline ?? null);
    return fateCells(row, baseline, options, unchecked);
  });
  const checks = rows.flatMap((row) => [
    ...checkQuantityCells(row),
    ...checkEoddCell(row),
    ...fates.filter((cell) => cell.row === row).map(({ check }) => check),
  ]);
  const counts: Record<Verdict, number> = { exact: 0, possible: 0, impossible: 0, open: 0 };
  for (const { verdict } of checks) counts[verdict]++;
  return {
    checks,
    counts,
    copiedRows: findCopiedRows(rows),
    impliedBaselines: impliedBaselines(fates),
    unchecked,
    rowCount: rows.length,
    unusedColumns,
    unreadableCells,
  };
}
