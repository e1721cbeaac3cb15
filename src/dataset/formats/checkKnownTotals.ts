import { canonicalValue } from '../../tables/canonicalValue';
import { findColumn, type Table, type TableColumn } from '../../tables/table';
import type { FindingLog } from '../findings/datasetFinding';
import type { DatasetFormat, KnownTotals } from './datasetFormat';

/**
 * Compares the tables of a whole known set with its known counts. A part of it, which has other counts for good reasons,
 * is not compared. Where two counts are exactly exchanged, the finding says that their values may be swapped.
 */
export function checkKnownTotals(tables: readonly Table[], format: DatasetFormat, findings: FindingLog): void {
  for (const totals of format.totals) {
    for (const table of tables) {
      const column = table.rowCount === totals.rows ? findColumn(table, totals.column) : null;
      if (column) compare(column, totals, findings);
    }
  }
}

function compare(column: TableColumn, { counts }: KnownTotals, findings: FindingLog) {
  const found = counts.map(({ values }) => countOf(column, values));
  for (const [index, { name, count }] of counts.entries()) {
    if (found[index] === count) continue;
    const swapped = counts.find((other, at) => at !== index && other.count === found[index] && found[at] === count);
    const hint = swapped ? `; exchanged with ${swapped.name}, so the values may be swapped` : '';
    findings.note(
      'known-totals-differ',
      `${column.name}, ${name}: ${found[index]!.toLocaleString('en-GB')}, known are ${count.toLocaleString('en-GB')}${hint}`,
    );
  }
}

function countOf({ values, codes }: TableColumn, wanted: readonly string[]): number {
  const counted = values.map((value) => wanted.includes(canonicalValue(value)));
  return codes.reduce((count, code) => count + (counted[code] ? 1 : 0), 0);
}
