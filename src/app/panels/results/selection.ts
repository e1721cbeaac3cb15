import type { JudgedSplit } from '../../../recipe/judgeRun';

/** What Results shows of a run. */
export interface Selection {
  arm: string;
  split: JudgedSplit;
  /** Null = the chosen round. */
  round: number | null;
}
