import type { LabErrorData } from '../../foundation/labError';
import type { AnsweredQuestion } from '../../foundation/openQuestion';
import type { DatasetFinding, Tally } from '../findings/datasetFinding';
import type { ColumnSummary } from '../tables/tableSummary';

/** The samples that a mapping makes of stored images; the arrays over samples are of the same length. */
export interface MappedSamples {
  /** In natural order. */
  classNames: string[];
  groupNames: [string, string];
  /** Position of each sample's image in the image set. */
  imageIndices: number[];
  names: string[];
  labels: number[];
  /** 0 unprivileged, 1 privileged. */
  groups: number[];
  /** 0 train, 1 validation, 2 test. */
  splits: number[];
  /** Patient or lesion; null without such a column. An image without one is a patient of its own. */
  clusters: string[] | null;
  /** Every stored image is either a sample or counted under the reason why it is none. */
  images: Tally;
  /** Images whose group the table does not tell, whatever becomes of them. */
  unknownGroupCount: number;
  /** What the user has said of what the tables leave open. */
  answered: AnsweredQuestion[];
  /** Why the samples rest on a guess that the user has not confirmed: the questions that are open; null when none is. */
  unanswered: LabErrorData | null;
  /** What was left out, and what should be known of the rest. */
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
