import type { JobContext } from '../foundation/jobContext';
import type { EvaluationInput } from './comparedModels';
import { computeEvaluation, type KnownFloors } from './computeEvaluation';
import type { EvaluationSettings, FairnessEvaluation } from './fairnessEvaluation';
import { hashPredictions } from './predictions/hashPredictions';
import { createRecentResults } from './recentResults';

export const defaultEvaluationSettings: EvaluationSettings = {
  replicates: 2000,
  permutations: 1000,
  level: 0.95,
  method: 'percentile',
  seed: 1,
  lambda: 1,
  calibrationBins: 15,
  minimumGroupSize: 1,
  resampleScores: true,
};

const recentEvaluations = createRecentResults<FairnessEvaluation>(16);
const recentFloors: KnownFloors = createRecentResults(32);

/**
 * Every metric of a model's predictions by group, the gaps between any number of groups, their intervals and noise
 * floors and, against a baseline, paired differences, FATE and the levelling-down check. The same predictions under the same
 * settings give the same, so that the last few evaluations are remembered. Not to be changed.
 *
 * What is undefined is null: an AUC without samples of both kinds, a gap over classes that no two groups share, FATE
 * against a baseline without a gap beyond chance. A class that no sample has or is predicted as counts 0 in the paper's forms, as it
 * does there. Groups below the minimum size are left out of everything, and listed.
 *
 * @throws LabError `predictions-invalid` for lengths, classes, groups or scores that cannot be, with the first wrong
 * position; `group-too-small` when fewer than two groups have the minimum size; `config-invalid`; `cancelled`
 */
export async function evaluate(
  input: EvaluationInput,
  settings: EvaluationSettings,
  context: JobContext,
): Promise<FairnessEvaluation> {
  const { model, baseline, attribute } = input;
  const hashes = [await hashPredictions(model), baseline && (await hashPredictions(baseline))];
  const inOrder = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  const key = JSON.stringify([hashes, attribute, inOrder]);
  return recentEvaluations.get(key, () => computeEvaluation(input, settings, context, recentFloors));
}
