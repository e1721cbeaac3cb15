import type { DatasetFinding } from '../datasetFinding';

/** A table with named columns, stored by column: each distinct text once, since a million rows repeat a few. */
export interface Table {
  /** Path among the given files; a name in brackets where the lab made it, of file names or folders. */
  file: string;
  rowCount: number;
  /** Row of the file, counted from 1, of each row; the column names are row 1 where no blank row is above them. */
  rowNumbers: Int32Array;
  columns: TableColumn[];
  /** Rows that were set aside, and what else is odd. */
  findings: DatasetFinding[];
}

export interface TableColumn {
  name: string;
  /** The distinct texts, in the order in which they occur, without blanks around them. */
  values: string[];
  /** Position in `values` of each row's text. */
  codes: Int32Array;
}

/** The text in one cell. */
export function cellText({ values, codes }: TableColumn, row: number): string {
  return values[codes[row]!]!;
}

/** A column by its name, whatever the case; null when there is none. */
export function findColumn({ columns }: Pick<Table, 'columns'>, name: string): TableColumn | null {
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === name.toLowerCase()) ??
    null
  );
}
