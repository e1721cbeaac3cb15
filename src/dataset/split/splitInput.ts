import type { SplitName } from '../stored/dataset';

/** What a split needs to know of the samples; arrays of the same length. */
export interface SplitInput {
  labels: readonly number[];
  /** 0 or 1. */
  groups: readonly number[];
  /** Patient or lesion of each sample; null where none is known. */
  clusters: readonly string[] | null;
  /** The split that a column of the table gives each sample; null without such a column. */
  given: readonly SplitName[] | null;
}
