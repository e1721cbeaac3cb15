import type { ArmName } from '../../../recipe/runConfig';
import type { ShownSplit } from './shownEvaluations';

/** What Results shows of a run. */
export interface Selection {
  arm: ArmName;
  split: ShownSplit;
  /** Null = the chosen round. */
  round: number | null;
}
