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
