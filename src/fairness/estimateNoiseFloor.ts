import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { createRandom } from '../foundation/random';
import { byCriterion } from './byCriterion';
import { addToConfusion, clearConfusionCounts, createConfusionCounts } from './countConfusion';
import { evaluateCounts, evaluateFairness } from './evaluateFairness';
import type { FairnessCriterion, NoiseFloor, Predictions } from './fairnessReport';
import { quantile } from './quantile';
import { repeatPaced } from './repeatPaced';
import { permuteGroups, poolByClass } from './resampling/permuteGroups';
import { roundingResidue } from './roundingResidue';

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
 * @throws LabError `predictions-invalid`, `group-too-small`, `config-invalid` (permutations), `cancelled`
 */
export async function estimateNoiseFloor(
  predictions: Predictions,
  settings: { permutations: number; seed: number },
  context: JobContext,
): Promise<NoiseFloor> {
  const { permutations } = settings;
  checkPermutations(permutations);
  const observed = evaluateFairness(predictions);
  const random = createRandom(settings.seed, 'noise-floor');
  const { labels, predicted, classCount } = predictions;
  const pools = poolByClass(labels, classCount);
  const groups = Int32Array.from(predictions.groups);
  const counts = createConfusionCounts(classCount);
  const permuted: Record<FairnessCriterion, number>[] = [];

  await repeatPaced(permutations, 'permutations', context, () => {
    permuteGroups(groups, pools, random);
    clearConfusionCounts(counts);
    for (let i = 0; i < groups.length; i++) addToConfusion(counts, groups[i]!, labels[i]!, predicted[i]!, 1);
    const report = evaluateCounts(counts);
    permuted.push(byCriterion((criterion) => report[criterion]));
  });

  return {
    permutations,
    byCriterion: byCriterion((criterion) => {
      const sorted = Float64Array.from(permuted, (gaps) => gaps[criterion]).sort();
      const q95 = quantile(sorted, 0.95);
      return {
        observed: observed[criterion],
        mean: sorted.reduce((sum, value) => sum + value, 0) / permutations,
        q05: quantile(sorted, 0.05),
        q95,
        aboveFloor: observed[criterion] - q95 > roundingResidue,
      };
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
