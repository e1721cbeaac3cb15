/** A table found among the files that a user gave. */
export interface TableSummary {
  file: string;
  rowCount: number;
  columns: TableColumn[];
}

export interface TableColumn {
  name: string;
  distinctCount: number;
  missingCount: number;
  /** Most frequent values first, at most 50. */
  values: { value: string; count: number }[];
}

/** What the files hold, before anything is decoded. */
export interface FilesSummary {
  imageCount: number;
  imageExamples: string[];
  tables: TableSummary[];
  /** A mapping worth starting from, or null when no table was found. */
  suggestion: ImportMapping | null;
  /** Files that are neither an image nor a table. */
  ignoredFiles: string[];
}

/** How the columns of a table become labels and groups. An empty column name is one that is still to be chosen. */
export interface ImportMapping {
  table: string;
  imageColumn: string;
  labelColumn: string;
  groupColumn: string;
  /** Values of the group column that make group 0 (unprivileged) and group 1 (privileged). Others are left out. */
  group0Values: string[];
  group1Values: string[];
  group0Name: string;
  group1Name: string;
  /** Patient or lesion: samples that share it are never split apart. */
  clusterColumn: string | null;
  /** A column with train/validation/test, which is then honoured. */
  splitColumn: string | null;
}

export interface SplitSettings {
  trainRatio: number;
  validationRatio: number;
  testRatio: number;
  seed: number;
}

export const defaultSplitSettings: SplitSettings = { trainRatio: 0.6, validationRatio: 0.2, testRatio: 0.2, seed: 1 };
