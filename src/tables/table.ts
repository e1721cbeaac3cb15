import type { TableFinding } from './tableFinding';

/** A table with named columns, stored by column: each distinct text once, since a million rows repeat a few. */
export interface Table {
  /** Path among the given files; a name in brackets where the lab made it, of file names or folders. */
  file: string;
  rowCount: number;
  /** Row of the file, counted from 1, of each row; the column names are row 1 where no blank row is above them. */
  rowNumbers: Int32Array;
  columns: TableColumn[];
  /** Rows that were set aside, and what else is odd. */
  findings: TableFinding[];
}

export interface TableColumn {
  /** Its name; with a number behind it where an earlier column has the same; `column 4` where it has none. */
  name: string;
  /** Where it stands in the file, counted from 1. */
  position: number;
  /** Its name in the file, which several may share. */
  givenName: string;
  /** The distinct texts, in the order in which they occur, without blanks around them. */
  values: string[];
  /** Position in `values` of each row's text. */
  codes: Int32Array;
}

/** The text in one cell. */
export function cellText({ values, codes }: TableColumn, row: number): string {
  return values[codes[row]!]!;
}

/** A column by its name, whatever the case, or as `column 4` by its position; null when there is none. */
export function findColumn({ columns }: Pick<Table, 'columns'>, name: string): TableColumn | null {
  const position = /^column (\d+)$/i.exec(name)?.[1];
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === name.toLowerCase()) ??
    columns.find((column) => column.position === Number(position)) ??
    null
  );
}

/** What a column is called in a message: with its position where others have its name. */
export function columnTitle({ columns }: Pick<Table, 'columns'>, { name, givenName, position }: TableColumn): string {
  const isShared = columns.filter((other) => other.givenName === givenName && givenName !== '').length > 1;
  return isShared ? `${name} (column ${position})` : name;
}
