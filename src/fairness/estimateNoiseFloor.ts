import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { createRandom, type Random } from '../foundation/random';
import { byCriterion } from './byCriterion';
import { addToConfusion, type ConfusionCounts, clearConfusionCounts, createConfusionCounts } from './countConfusion';
import { evaluateCounts, evaluateFairness } from './evaluateFairness';
import type { FairnessCriterion, NoiseFloor, Predictions } from './fairnessReport';
import { quantile } from './quantile';
import { repeatPaced } from './repeatPaced';
import { roundingResidue } from './roundingResidue';

/** The samples of one class: how many are in group 0, and all their predictions. */
interface ClassPool {
  label: number;
  group0Count: number;
  predicted: Int32Array;
}

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
  const pools = poolByClass(predictions);
  const counts = createConfusionCounts(predictions.classCount);
  const permuted: Record<FairnessCriterion, number>[] = [];

  await repeatPaced(permutations, 'permutations', context, () => {
    dealGroups(pools, random, counts);
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

function poolByClass({ labels, predicted, groups, classCount }: Predictions): ClassPool[] {
  const group0Counts = new Int32Array(classCount);
  const pools: number[][] = Array.from({ length: classCount }, () => []);
  for (let i = 0; i < labels.length; i++) {
    pools[labels[i]!]!.push(predicted[i]!);
    if (groups[i] === 0) group0Counts[labels[i]!]!++;
  }
  return pools.map((pool, label) => ({
    label,
    group0Count: group0Counts[label]!,
    predicted: Int32Array.from(pool),
  }));
}

/** Shuffles as many predictions of each class to the front as group 0 has samples of it, and counts them as its own. */
function dealGroups(pools: ClassPool[], random: Random, counts: ConfusionCounts): void {
  clearConfusionCounts(counts);
  for (const { label, group0Count, predicted } of pools) {
    for (let i = 0; i < predicted.length; i++) {
      if (i < group0Count) {
        const other = i + random.integer(predicted.length - i);
        const drawn = predicted[other]!;
        predicted[other] = predicted[i]!;
        predicted[i] = drawn;
      }
      addToConfusion(counts, i < group0Count ? 0 : 1, label, predicted[i]!, 1);
    }
  }
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
