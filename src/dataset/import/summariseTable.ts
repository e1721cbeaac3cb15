import type { TableColumn, TableSummary } from '../importMapping';
import { isMissing } from './isMissing';
import type { Table, TableRow } from './readTable';

const maxValues = 50;

/** Counts what each column of a table holds. Missing cells are counted apart and are no value. */
export function summariseTable(table: Table): TableSummary {
  return {
    file: table.file,
    rowCount: table.rows.length,
    columns: table.columns.map((name, index) => summariseColumn(name, table.rows, index)),
  };
}

function summariseColumn(name: string, rows: readonly TableRow[], index: number): TableColumn {
  const values = countValues(rows, index);
  const present = [...values.values()].reduce((sum, count) => sum + count, 0);
  return {
    name,
    distinctCount: values.size,
    missingCount: rows.length - present,
    values: [...values]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value, 'en', { numeric: true }))
      .slice(0, maxValues),
  };
}

/** How often each value of a column occurs, missing cells left out. */
export function countValues(rows: readonly TableRow[], index: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = row.cells[index]!;
    if (!isMissing(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
