import { type LabState, type StageName, stageOrder } from './labState';
import { stageResult } from './stage';

/** What each stage depends on besides the stages before it. */
const ownInputs: Record<StageName, (state: LabState) => unknown> = {
  audit: () => null,
  analysis: () => null,
  sensitivity: () => null,
  inspection: () => null,
  data: ({ stages }) => stageResult(stages.data)?.id ?? null,
  model: ({ stages }) => stageResult(stages.model)?.id ?? null,
  scores: ({ settings: { run } }) => [run.layer, run.score, run.seed],
  prune: ({ settings: { run } }) => [run.pruning, run.fineTune, run.arms, run.statistics],
  results: ({ record }) => record?.id ?? null,
  compare: () => null,
  export: ({ record }) => record?.updatedAt ?? null,
};

/** Text that changes whenever something changes that the stage's result depends on. */
export function inputsKey(state: LabState, stage: StageName): string {
  const upToStage = stageOrder.slice(0, stageOrder.indexOf(stage) + 1);
  return JSON.stringify(upToStage.map((name) => ownInputs[name](state)));
}
