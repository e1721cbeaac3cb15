import type { Answers } from '../../foundation/openQuestion';
import type { Tally } from '../findings/datasetFinding';
import type { SplitSettings } from '../split/splitSettings';
import type { SplitName } from '../splitName';
import type { JoinPlan } from '../tables/joinPlan';

/**
 * How the columns of the stored records become labels, groups, patients and splits. Data only: kept in the manifest,
 * edited later without a new import.
 */
export interface DatasetMapping {
  version: 1;
  /** Name of the known set that was recognised; null for any other. */
  format: string | null;
  label: LabelRule;
  group: GroupMapping;
  /** Patient or lesion: images that share it are never split apart. */
  clusterColumn: string | null;
  /** A column with train/validation/test, which is then honoured. */
  givenSplit: GivenSplit | null;
  /** What becomes of images that look the same; when left out, all are kept and divided as if they did not. */
  lookAlikes?: LookAlikeRule;
  /** What the user has said of what the tables leave open: which spellings mean the same. */
  answers?: Answers;
}

/** What becomes of sets of images that look the same. */
export interface LookAlikeRule {
  /** Whether a set stays in one split, as the images of a patient do. A given split is kept as it is. */
  oneSplit: boolean;
  /** `drop`: of each set only the first image is used. */
  copies: 'keep' | 'drop';
  /** `drop`: sets whose images have different classes or groups are left out as a whole, since at least one row is wrong. */
  conflicts: 'keep' | 'drop';
}

/** What a new mapping starts from: nothing is left out, and nothing that was trained on is tested on. */
export const defaultLookAlikeRule: LookAlikeRule = { oneSplit: true, copies: 'keep', conflicts: 'keep' };

export interface LabelRule {
  /** One column holds the label; of several, the name of the one that holds 1 (or true) is the label. */
  columns: string[];
  /** Class of a label; null leaves its images out. A label that is not named here is a class of its own. */
  merge: Record<string, string | null>;
  /** Classes with fewer images than this are left out. */
  minClassSize: number;
}

export interface GroupMapping {
  column: string;
  rule: GroupRule;
  /** Names of group 0 (unprivileged) and group 1 (privileged). */
  names: [string, string];
  missing: MissingPolicy;
}

export type GroupRule =
  /** Ticked values. A value in neither list is left out. */
  | { kind: 'values'; group0: string[]; group1: string[] }
  /** Numbers from `from` upwards are of group `above`, those below of the other. */
  | { kind: 'cut'; from: number; above: 0 | 1 };

/**
 * What becomes of images whose group is unknown: left out; a group of their own, which is then group 0 against all known
 * ones; or merged into a group.
 */
export type MissingPolicy = 'exclude' | 'own-group' | 'group-0' | 'group-1';

export interface GivenSplit {
  column: string;
  /** What each value stands for. */
  values: Record<string, SplitName>;
}

/** A mapping as it was used, and what it made of rows and images. */
export interface AppliedMapping {
  /** How the tables were put together. */
  join: JoinPlan;
  mapping: DatasetMapping;
  split: SplitSettings;
  /** Of the tables' rows: used, or left out and why. */
  rows: Tally;
  /** Of all images that were given. */
  images: Tally;
  /** Images whose group the table does not tell, whatever became of them. */
  unknownGroupCount: number;
}
