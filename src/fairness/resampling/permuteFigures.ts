import type { JobContext } from '../../foundation/jobContext';
import { createRandom } from '../../foundation/random';
import { addToConfusion, clearConfusionCounts, createConfusionCounts } from '../countConfusion';
import { evaluateGroups, figuresOf } from '../evaluateGroups';
import type { EvaluationSettings, FigureTree, NoiseBand } from '../fairnessEvaluation';
import { quantile } from '../quantile';
import { roundingResidue } from '../roundingResidue';
import { evaluateScores } from '../scores/evaluateScores';
import type { EvaluatedModel, EvaluatedSamples } from './evaluatedModel';
import { listFigures, mapFigures } from './figureTree';
import { permuteGroups, planPermutation } from './permuteGroups';
import { collectReplicates } from './replicates';

/**
 * The noise floor of every figure: what it comes to when the groups are dealt out anew within each class, among clusters
 * where there are some (see {@link planPermutation}). It has a meaning for gaps; for the value of one group it is how far
 * that group's mix of samples lets it vary.
 *
 * @returns null where a figure is undefined; with one seed, models on the same samples meet the same permutations
 * @throws LabError `cancelled`
 */
export async function permuteFigures(
  samples: EvaluatedSamples,
  { predicted, scores, observed: evaluation }: EvaluatedModel,
  { permutations, seed }: Pick<EvaluationSettings, 'permutations' | 'seed'>,
  context: JobContext,
): Promise<FigureTree<NoiseBand | null>> {
  const { labels, groups, classCount, groupCount } = samples;
  const random = createRandom(seed, 'noise-floor');
  const plan = planPermutation(samples);
  const permuted = groups.slice();
  const weights = new Int32Array(labels.length).fill(1);
  const counts = createConfusionCounts(classCount, groupCount);
  const drawn = await collectReplicates(permutations, 'permutations', context, () => {
    permuteGroups(plan, permuted, random);
    clearConfusionCounts(counts);
    for (let i = 0; i < labels.length; i++) addToConfusion(counts, permuted[i]!, labels[i]!, predicted[i]!, 1);
    const scored = scores && evaluateScores(scores, weights, permuted, groupCount);
    return listFigures(figuresOf(evaluateGroups(counts, scored)));
  });
  return mapFigures(figuresOf(evaluation), (value, index) => {
    const sorted = drawn.sorted(index);
    return value === null || sorted === null ? null : readBand(sorted, value);
  });
}

function readBand(sorted: Float64Array, observed: number): NoiseBand {
  const q95 = quantile(sorted, 0.95);
  let atLeast = 0;
  let sum = 0;
  for (const value of sorted) {
    sum += value;
    if (value >= observed - roundingResidue) atLeast++;
  }
  return {
    mean: sum / sorted.length,
    q05: quantile(sorted, 0.05),
    q95,
    aboveFloor: observed - q95 > roundingResidue,
    pValue: (1 + atLeast) / (1 + sorted.length),
  };
}
