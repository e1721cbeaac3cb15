import type { JudgedSplit } from '../../../recipe/judgeRun';
import type { ArmName } from '../../../recipe/runConfig';

/** What Results shows of a run. */
export interface Selection {
  arm: ArmName;
  split: JudgedSplit;
  /** Null = the chosen round. */
  round: number | null;
}
