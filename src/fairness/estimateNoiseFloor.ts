import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { byCriterion } from './byCriterion';
import { checkPredictions } from './countConfusion';
import type { NoiseFloor, Predictions } from './fairnessReport';
import { openAnalysedModel } from './resampling/analysedModel';
import { permuteFigures } from './resampling/permuteFigures';

/**
 * The gaps that these very predictions would show if they had nothing to do with the group.
 *
 * Each permutation deals the groups out anew among the samples of each class, so that labels, predictions and the size
 * of every group × class cell stay as they are. What gap is left comes from the small numbers alone. An observed gap
 * above the 95th percentile of the permuted ones is more than such chance explains (a one-sided permutation test at 5 %
 * for each criterion by itself); one below it says that this split cannot tell the gap from chance, not that there is
 * none. Nor is the floor a bias to be subtracted.
 *
 * Source: Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses", chapter 3.
 *
 * @param predictions of one model on one split
 * @param settings.permutations at least 1; 1000 or more for a 95th percentile to be relied on
 * @param settings.clusters patient or lesion of each sample: their samples of one class are dealt together
 * @throws LabError `predictions-invalid`, `group-too-small`, `config-invalid` (permutations), `cancelled`
 */
export async function estimateNoiseFloor(
  predictions: Predictions,
  settings: { permutations: number; seed: number; clusters?: string[] | null },
  context: JobContext,
): Promise<NoiseFloor> {
  checkPermutations(settings.permutations);
  checkPredictions(predictions);
  const { labels, groups, classCount, predicted } = predictions;
  const samples = {
    labels: Int32Array.from(labels),
    groups: Int32Array.from(groups),
    classCount,
    groupCount: 2,
    clusters: settings.clusters ?? null,
  };
  const model = openAnalysedModel(samples, predicted, null);
  const [floors] = await permuteFigures(samples, [model], settings, context);
  return {
    permutations: settings.permutations,
    byCriterion: byCriterion((criterion) => {
      // Of two groups with samples the criteria are defined, in every permutation.
      const { mean, q05, q95, aboveFloor } = floors!.gaps[criterion]!;
      return { observed: model.observed.gaps[criterion].value!, mean, q05, q95, aboveFloor };
    }),
  };
}

function checkPermutations(permutations: number): void {
  if (Number.isInteger(permutations) && permutations >= 1) return;
  throw new LabError({
    code: 'config-invalid',
    message: `A noise floor from ${permutations} permutations is not possible.`,
    hint: 'Ask for a whole number of permutations from 1 up; 1000 is usual.',
    details: { permutations },
  });
}
