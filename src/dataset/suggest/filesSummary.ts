import type { LabErrorData } from '../../foundation/labError';
import type { AnsweredQuestion } from '../../foundation/openQuestion';
import type { DatasetFinding, Tally } from '../findings/datasetFinding';
import type { GroupOption, LabelOption } from '../formats/datasetFormat';
import type { DatasetMapping } from '../mapping/datasetMapping';
import type { MappedSamples } from '../mapping/mappedSamples';
import type { JoinPlan } from '../tables/joinPlan';

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

/** What is known of the set that was recognised, as far as its columns are there. */
export interface FormatSummary {
  name: string;
  notes: string[];
  /** What the user is to vouch for before import. */
  confirm: string | null;
  labels: LabelOption[];
  groups: GroupOption[];
}

/** What the files hold, before anything is decoded. */
export interface FilesSummary {
  imageCount: number;
  imageExamples: string[];
  tables: TableSummary[];
  format: FormatSummary | null;
  /** Tables of predictions, which need no images: the audit takes them. */
  predictionTables: string[];
  /** A join and a mapping to start from, or null when nothing says anything of the images. Empty names are to be chosen. */
  suggestion: { join: JoinPlan; mapping: DatasetMapping } | null;
  /** Files that are neither an image nor a table. */
  ignoredFiles: string[];
  findings: DatasetFinding[];
}

/** What a mapping would make of the images, without decoding any. */
export interface MappingPreview {
  /** All columns of the joined tables. */
  columns: ColumnSummary[];
  /** What became of the tables' rows. */
  rows: Tally;
  /** What became of the images; the total is every image that was given. */
  images: Tally;
  classNames: string[];
  groupNames: [string, string];
  /** `[split][class][group]`. */
  counts: number[][][];
  unknownGroupCount: number;
  /** What the user has said of what the tables leave open. */
  answered: AnsweredQuestion[];
  findings: DatasetFinding[];
  /** Why the samples could not be used as they are; null when they can. */
  problem: LabErrorData | null;
  /** Every sample, when it was asked for. */
  samples: MappedSamples | null;
}
