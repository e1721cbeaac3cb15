/** A table found among the files that a user gave, or made of their names. */
export interface TableSummary {
  file: string;
  rowCount: number;
  columns: ColumnSummary[];
}

export interface ColumnSummary {
  name: string;
  distinctCount: number;
  missingCount: number;
  /** Most frequent values first, at most 200. */
  values: { value: string; count: number }[];
  /** Of a column that holds numbers only. */
  range: { least: number; most: number } | null;
}
