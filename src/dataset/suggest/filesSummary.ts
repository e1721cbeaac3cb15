import type { DatasetFinding } from '../findings/datasetFinding';
import type { GroupOption, LabelOption } from '../formats/datasetFormat';
import type { DatasetMapping } from '../mapping/datasetMapping';
import type { JoinPlan } from '../tables/joinPlan';
import type { TableSummary } from '../tables/tableSummary';

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
