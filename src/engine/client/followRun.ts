import { addEvent, type FoldedRun, foldRun } from '../../recipe/foldRun';
import type { RunEvent } from '../../recipe/runEvents';
import type { RunRecord } from '../../recipe/runRecord';

/** Makes the record of a run from what the jobs `runRecipe` and `resumeRun` send on their way. */
export interface RunFollower {
  /** Takes what was sent. Gives the record as it stands then; null before the run was opened. */
  take(event: RunEvent): RunRecord | null;
  /** The record as it stands; to be asked once the job has ended well. */
  record(): RunRecord;
}

export function followRun(): RunFollower {
  let run: FoldedRun = foldRun([]);
  return {
    take(event) {
      run = addEvent(run, event);
      return run.record;
    },
    record() {
      if (run.record) return run.record;
      throw new TypeError('The run that was followed has not been opened.');
    },
  };
}
