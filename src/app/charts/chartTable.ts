import { writeCsv } from '../../foundation/escape/writeCsv';

/** The numbers behind a figure: for screen readers and for the CSV file. */
export interface ChartTable {
  columns: string[];
  rows: (string | number | null)[][];
}

/** Full precision, an empty cell for what is undefined. */
export function chartTableToCsv({ columns, rows }: ChartTable): string {
  return writeCsv(columns, rows);
}

const originColumn = 'origin';

/**
 * A table with a column that says in every row where the numbers are from, so that no row of the file goes without it. A table
 * of several runs that says it row by row stays as it is.
 *
 * @param words empty when all was computed here: then nothing is said
 */
export function withOrigin(table: ChartTable, words: string): ChartTable {
  if (words === '' || table.columns.includes(originColumn)) return table;
  return { columns: [...table.columns, originColumn], rows: table.rows.map((row) => [...row, words]) };
}
