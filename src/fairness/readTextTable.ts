import Papa from 'papaparse';
import { LabError } from '../foundation/labError';

/** A table of texts with one row of column names. */
export interface TextTable {
  columns: string[];
  rows: TextRow[];
}

export interface TextRow {
  /** Row in the file, counted from 1; the column names are row 1. Blank rows count. */
  number: number;
  /** One cell per column, without surrounding spaces. */
  cells: string[];
}

/**
 * Reads a table separated by commas, semicolons, tabs or bars. Blank rows are skipped.
 *
 * @throws LabError `table-unreadable`, naming the row, for broken quotes, a row of another length, a column name given
 * twice, or a table without rows
 */
export function readTextTable(text: string): TextTable {
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: false });
  // A table with a single column has no delimiter to detect; that the columns asked for are missing is said later.
  const broken = errors.find(({ type }) => type !== 'Delimiter');
  if (broken)
    throw unreadable(`Row ${(broken.row ?? 0) + 1} of the table cannot be read: ${broken.message}.`, broken.row);
  const [header, ...rows] = data
    .map((cells, index) => ({ number: index + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.length > 1 || cells[0] !== '');
  if (!header || rows.length === 0) throw unreadable('The table has no rows.');
  const columns = header.cells;
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw unreadable(`The table has two columns with the name "${twice}".`);
  const uneven = rows.find(({ cells }) => cells.length !== columns.length);
  if (uneven) {
    throw unreadable(
      `Row ${uneven.number} of the table has ${uneven.cells.length} cells; there are ${columns.length} columns.`,
      uneven.number - 1,
    );
  }
  return { columns, rows };
}

function unreadable(message: string, rowIndex?: number): LabError {
  return new LabError({
    code: 'table-unreadable',
    stage: 'reading the predictions',
    message,
    hint: 'Give a CSV whose first row names the columns, with as many cells in every row. Rows count from 1.',
    details: rowIndex === undefined ? undefined : { row: rowIndex + 1 },
  });
}
