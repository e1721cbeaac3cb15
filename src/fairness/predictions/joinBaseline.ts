import { withoutImageEnding } from '../../foundation/imageKinds';
import { LabError } from '../../foundation/labError';
import { looseName } from '../../tables/looseName';
import { cellText, type Table, type TableColumn } from '../../tables/table';

/**
 * Finds the row of the baseline's table for each row of the predictions: in the same order, or by a column that names the
 * samples, whatever the case, leading zeros and an image's ending.
 *
 * @param ids columns of both tables that name the samples; null: the rows are in the same order
 * @throws LabError `predictions-invalid` when a sample has no row in the baseline, or several
 */
export function joinBaseline(
  table: Table,
  baseline: Table,
  ids: { own: TableColumn; other: TableColumn } | null,
): (row: number) => number {
  return ids === null ? byOrder(table, baseline) : byId(baseline, ids);
}

function byOrder(table: Table, baseline: Table) {
  if (table.rowCount !== baseline.rowCount) {
    throw notTheSame(`The predictions have ${table.rowCount} rows, the baseline ${baseline.rowCount}.`);
  }
  return (row: number) => row;
}

function byId(baseline: Table, { own, other }: { own: TableColumn; other: TableColumn }) {
  const exact = new Map<string, number[]>();
  const loose = new Map<string, number[]>();
  for (let row = 0; row < baseline.rowCount; row++) {
    const text = cellText(other, row);
    exact.set(text, [...(exact.get(text) ?? []), row]);
    const key = looseSample(text);
    loose.set(key, [...(loose.get(key) ?? []), row]);
  }
  return (row: number) => {
    const name = cellText(own, row);
    const [found, second] = exact.get(name) ?? loose.get(looseSample(name)) ?? [];
    if (found === undefined || name === '') {
      throw notTheSame(`The baseline has no row for "${name}" in "${own.name}".`);
    }
    if (second === undefined) return found;
    const numbers = [found, second].map((index) => baseline.rowNumbers[index]).join(' and ');
    throw notTheSame(`Rows ${numbers} of the baseline could both be about "${name}" in "${own.name}".`);
  };
}

function looseSample(name: string): string {
  return looseName(withoutImageEnding(name));
}

/** The error for a label that differs between the two tables. */
export function labelsDiffer(ownRow: number, baselineRow: number, column: string): LabError {
  return notTheSame(
    `Row ${ownRow} of the predictions and row ${baselineRow} of the baseline have different values in "${column}".`,
  );
}

function notTheSame(message: string): LabError {
  return new LabError({
    code: 'predictions-invalid',
    stage: 'reading the predictions',
    message,
    hint: 'Both files must be about the same samples, in the same order or with a column that names them.',
  });
}
