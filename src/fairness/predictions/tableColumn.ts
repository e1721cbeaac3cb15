import { LabError } from '../../foundation/labError';
import type { TextRow } from '../readTextTable';

/** A column of a predictions table. */
export interface TableColumn {
  name: string;
  /** Undefined when it is missing: empty, NA, N/A, NaN, null. */
  valueOf(row: TextRow): string | undefined;
}

const missingTexts = new Set(['', 'na', 'n/a', 'nan', 'null']);

/** @throws LabError `column-missing`, naming those there are */
export function tableColumn(columns: readonly string[], name: string): TableColumn {
  const index = columns.indexOf(name);
  if (index < 0) throw columnMissing(`The table has no column "${name}"; it has ${quoted(columns)}.`, name);
  return {
    name,
    valueOf(row) {
      const text = row.cells[index]!;
      return missingTexts.has(text.toLowerCase()) ? undefined : canonical(text);
    },
  };
}

/** Columns that name samples. */
const sampleNames = /^(name|image|file|path|id|image_id|sample)$/i;

/** The one column that is not used yet, and does not name samples. @throws LabError `column-missing` when there is none, or a choice */
export function onlyOtherColumn(columns: readonly string[], used: readonly string[]): string {
  const others = columns.filter((name) => !used.includes(name) && !sampleNames.test(name));
  if (others.length === 1) return others[0]!;
  throw columnMissing(
    others.length === 0
      ? `The table has no column for the sensitive attribute besides ${quoted(columns)}.`
      : `The table has several columns that could be the sensitive attribute: ${quoted(others)}.`,
    'group',
  );
}

/** A whole number written with decimals is the same as without: `2.0` is `2`. */
export function canonical(text: string): string {
  return text.replace(/^(-?\d+)\.0+$/, '$1');
}

function columnMissing(message: string, column: string): LabError {
  return new LabError({
    code: 'column-missing',
    stage: 'reading the predictions',
    message,
    hint: 'Say which columns hold the label, the prediction and the sensitive attribute.',
    details: { column },
  });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
