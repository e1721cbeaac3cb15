import { LabError } from '../../foundation/labError';
import type { TextTable } from '../readTextTable';
import { findScoreColumns } from './scoreColumns';
import { tableColumn } from './tableColumn';

/** What the columns of a joined baseline begin with. */
export const baselinePrefix = 'baseline: ';

/**
 * Puts another table's predictions and scores beside these: row by row, or by a column that names the samples.
 *
 * @param names columns of both tables; `id` null: the rows are in the same order
 * @throws LabError `predictions-invalid` when the two tables are not about the same samples; `column-missing`
 */
export function joinBaseline(
  table: TextTable,
  baseline: TextTable,
  names: { label: string; prediction: string; id: string | null },
): TextTable {
  const label = tableColumn(table.columns, names.label);
  const baselineLabel = tableColumn(baseline.columns, names.label);
  const added = baseline.columns.filter(
    (name) => name === names.prediction || findScoreColumns(baseline.columns)?.names.includes(name),
  );
  const find = names.id === null ? byOrder(table, baseline) : byId(table, baseline, names.id);
  const rows = table.rows.map((row, index) => {
    const other = find(index);
    if (label.valueOf(row) !== baselineLabel.valueOf(other)) {
      throw notTheSame(
        `Row ${row.number} of the predictions and row ${other.number} of the baseline have different values in "${names.label}".`,
      );
    }
    return { ...row, cells: [...row.cells, ...added.map((name) => other.cells[baseline.columns.indexOf(name)]!)] };
  });
  return { columns: [...table.columns, ...added.map((name) => `${baselinePrefix}${name}`)], rows };
}

function byOrder(table: TextTable, baseline: TextTable) {
  if (table.rows.length !== baseline.rows.length) {
    throw notTheSame(`The predictions have ${table.rows.length} rows, the baseline ${baseline.rows.length}.`);
  }
  return (index: number) => baseline.rows[index]!;
}

function byId(table: TextTable, baseline: TextTable, id: string) {
  const [own, other] = [tableColumn(table.columns, id), tableColumn(baseline.columns, id)];
  const rowOf = new Map(baseline.rows.map((row) => [other.valueOf(row), row]));
  return (index: number) => {
    const name = own.valueOf(table.rows[index]!);
    const row = rowOf.get(name);
    if (!row || name === undefined) throw notTheSame(`The baseline has no row for "${name ?? ''}" in "${id}".`);
    return row;
  };
}

function notTheSame(message: string): LabError {
  return new LabError({
    code: 'predictions-invalid',
    stage: 'reading the predictions',
    message,
    hint: 'Both files must be about the same samples, in the same order or with a column that names them.',
  });
}
