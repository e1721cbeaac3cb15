import Papa from 'papaparse';

/** A number that is none, and what is missing, become an empty cell. */
export type CsvCell = string | number | boolean | null | undefined;

/** What a spreadsheet takes for a formula: a text that begins so. Tab and return are passed over before the sign. */
const formula = /^[=+\-@\t\r]/;
/** A text that is a number is no formula. */
const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const guarded = /^'+[=+\-@\t\r#]/;

/**
 * A table as CSV (RFC 4180, lines end with a line feed). Numbers are in full precision and as they are. A text that a
 * spreadsheet would run as a formula gets an apostrophe before it, and so does a `#` that begins a line, which programs take
 * for a comment. {@link withoutGuard} takes it away again.
 *
 * @param rows of one cell per column
 */
export function writeCsv(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const cells = [columns, ...rows].map((row) => row.map((cell, column) => toCell(cell, column === 0)));
  return `${Papa.unparse(cells, { newline: '\n' })}\n`;
}

/** {@link writeCsv} of rows that name their cells; a cell that a row lacks is empty. */
export function writeCsvOf<Column extends string>(
  columns: readonly Column[],
  rows: readonly Partial<Record<NoInfer<Column>, CsvCell>>[],
): string {
  return writeCsv(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  );
}

/** A text of a CSV file as it was before it was written; any other text stays as it is. */
export function withoutGuard(text: string): string {
  return guarded.test(text) ? text.slice(1) : text;
}

function toCell(value: CsvCell, isFirst: boolean): string | number | boolean {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? value : '';
  if (typeof value === 'boolean') return value;
  const isGuarded = formula.test(value) || guarded.test(value) || (isFirst && value.startsWith('#'));
  return isGuarded && !plainNumber.test(value) ? `'${value}` : value;
}
