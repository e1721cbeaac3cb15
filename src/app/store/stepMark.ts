import type { LabState, StageName, StepName } from './labState';
import { stageResult } from './stage';

/** What the rail says of a step. */
export type StepMark = 'empty' | 'ready' | 'running' | 'done' | 'stale' | 'failed';

/** The mark of each step: `empty` while something before it is missing, `ready` when its work can start. */
export function stepMark(state: LabState, step: StepName): StepMark {
  const { stages, record } = state;
  const stage = stages[step];
  if (step === 'data' && stages.inspection.status === 'running') return 'running';
  if (step === 'data' && stages.inspection.status === 'failed') return 'failed';
  // A file that leaves something open has not failed: the step waits for the answers.
  if (step === 'model' && stage.status === 'failed' && stage.error.code === 'needs-answers') return 'ready';
  if (stage.status === 'running' || stage.status === 'failed') return stage.status;
  if (step === 'results') return record === null ? 'empty' : stages.prune.status === 'stale' ? 'stale' : 'done';
  // Predictions and published tables can be audited before there is any run.
  if (step === 'compare') return 'ready';
  if (stage.status === 'done' || stage.status === 'stale') return stage.status;
  return isReady(state, step) ? 'ready' : 'empty';
}

function isReady({ stages, record }: LabState, step: StepName): boolean {
  const has = (name: StageName) => stageResult<unknown>(stages[name]) !== null;
  switch (step) {
    case 'data':
    case 'model':
    case 'compare':
      return true;
    case 'scores':
    case 'prune':
      return has('data') && has('model');
    case 'results':
      return record !== null;
    case 'export':
      return record !== null || has('model');
  }
}
