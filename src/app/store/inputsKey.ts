import type { LabState, StageName } from './labState';
import { stageResult } from './stage';
import { chosenLayer } from './targetLayer';

const dataOf = ({ stages }: LabState) => stageResult(stages.data)?.id ?? null;
const modelOf = ({ stages }: LabState) => stageResult(stages.model)?.id ?? null;

/** What is scored, and how. */
function scoringOf(state: LabState) {
  const { run } = state.settings;
  const model = stageResult(state.stages.model);
  return [dataOf(state), modelOf(state), model && chosenLayer(model, run), run.score, run.seed];
}

/** What each stage's result is made from. What another stage's job came to is none of it. */
const inputs: Record<StageName, (state: LabState) => unknown> = {
  audit: () => null,
  analysis: () => null,
  inspection: () => null,
  data: dataOf,
  // A model is set up for the data: trained on them, or at least to be of their size and classes.
  model: (state) => [dataOf(state), modelOf(state)],
  scores: scoringOf,
  sensitivity(state) {
    const { ratio, rounding } = state.settings.run.pruning;
    return [scoringOf(state), ratio, rounding];
  },
  prune(state) {
    const { pruning, fineTune, arms, statistics } = state.settings.run;
    return [scoringOf(state), pruning, fineTune, arms, statistics];
  },
  results: ({ record }) => record?.id ?? null,
  compare: () => null,
  export: (state) => [modelOf(state), state.record?.updatedAt ?? null],
};

/** Text that changes whenever something changes that the stage's result is made from. */
export function inputsKey(state: LabState, stage: StageName): string {
  return JSON.stringify(inputs[stage](state));
}
