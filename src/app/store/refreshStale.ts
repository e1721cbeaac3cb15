import { inputsKey } from './inputsKey';
import { type LabState, type StageName, type StageResults, type Stages, stageOrder } from './labState';
import type { Stage } from './stage';

/** Marks every finished stage as stale, or as done again, by whether its inputs are still what it was made from. */
export function refreshStale(state: LabState): LabState {
  const stages = { ...state.stages };
  for (const name of stageOrder) refresh(stages, name, inputsKey(state, name));
  return { ...state, stages };
}

function refresh<S extends StageName>(stages: Stages, name: S, key: string): void {
  const stage: Stage<StageResults[S]> = stages[name];
  if (stage.status !== 'done' && stage.status !== 'stale') return;
  const status = stage.inputsKey === key ? 'done' : 'stale';
  if (status !== stage.status) setStage(stages, name, { ...stage, status });
}

/** Sets one stage of a copy of the stages that the caller owns. */
export function setStage<S extends StageName>(stages: Stages, name: S, stage: Stage<StageResults[S]>): void {
  const slot: { [K in S]: Stage<StageResults[K]> } = stages;
  slot[name] = stage;
}
