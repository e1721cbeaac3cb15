import type { GroupRule } from '../mapping/datasetMapping';
import type { SplitName } from '../splitName';

/**
 * What is known of a public set: how to recognise it, and what its columns mean. Data only. Column names are compared
 * without regard to case; an option whose columns are not there is not offered.
 */
export interface DatasetFormat {
  name: string;
  /** Lists of columns; a table that has all of one list is of this set. */
  headers: string[][];
  /** Columns that name the image; those that are there are used. */
  imageColumns: string[];
  /** Label options, the usual one first. */
  labels: LabelOption[];
  /** Sensitive attributes, the usual one first. Several of one title are annotators of the same thing. */
  groups: GroupOption[];
  /** Patient or lesion, the coarsest first. */
  clusterColumns: string[];
  givenSplit?: { column: string; values: Record<string, SplitName> };
  /** Counts of the whole set, as published or counted in a public copy. */
  totals: KnownTotals[];
  /** What to know before using it: traps, in words for the user. */
  notes: string[];
  /** What only the user can vouch for; import asks for it. */
  confirm?: string;
}

export interface LabelOption {
  title: string;
  /** One column, or one per class that holds 1 where it is so. */
  columns: string[];
  /** Names for codes. */
  merge?: Record<string, string>;
}

export interface GroupOption {
  title: string;
  /** Who or what says it, where several do. */
  annotator?: string;
  column: string;
  rule: GroupRule;
  names: [string, string];
}

/** How often values occur in a column of the whole set. */
export interface KnownTotals {
  /** Rows of the whole set; a table of another length is not compared. */
  rows: number;
  column: string;
  counts: { name: string; values: string[]; count: number }[];
}
