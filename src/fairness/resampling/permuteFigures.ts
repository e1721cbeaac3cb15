import type { JobContext } from '../../foundation/jobContext';
import { createRandom } from '../../foundation/random';
import { addToConfusion, clearConfusionCounts, createConfusionCounts } from '../countConfusion';
import { evaluateGroups, figuresOf } from '../evaluateGroups';
import type { AnalysisSettings, FigureTree, NoiseBand } from '../fairnessAnalysis';
import { quantile } from '../quantile';
import { roundingResidue } from '../roundingResidue';
import { evaluateScores } from '../scores/evaluateScores';
import type { AnalysedModel, AnalysedSamples } from './analysedModel';
import { listFigures, mapFigures } from './figureTree';
import { permuteGroups, planPermutation } from './permuteGroups';
import { collectReplicates } from './replicates';

/**
 * The noise floor of every figure: what it comes to when the groups are dealt out anew within each class, among clusters
 * where there are some (see {@link planPermutation}). It has a meaning for gaps; for the value of one group it is how far
 * that group's mix of samples lets it vary.
 *
 * @returns one tree per model, all from the same permutations; null where a figure is undefined
 * @throws LabError `cancelled`
 */
export async function permuteFigures(
  samples: AnalysedSamples,
  models: readonly AnalysedModel[],
  { permutations, seed }: Pick<AnalysisSettings, 'permutations' | 'seed'>,
  context: JobContext,
): Promise<FigureTree<NoiseBand | null>[]> {
  const { labels, groups, classCount, groupCount } = samples;
  const random = createRandom(seed, 'noise-floor');
  const plan = planPermutation(samples);
  const permuted = groups.slice();
  const weights = new Int32Array(labels.length).fill(1);
  const counts = createConfusionCounts(classCount, groupCount);
  const evaluate = ({ predicted, scores }: AnalysedModel) => {
    clearConfusionCounts(counts);
    for (let i = 0; i < labels.length; i++) addToConfusion(counts, permuted[i]!, labels[i]!, predicted[i]!, 1);
    return figuresOf(evaluateGroups(counts, scores && evaluateScores(scores, weights, permuted, groupCount)));
  };
  const drawn = await collectReplicates(permutations, 'permutations', context, () => {
    permuteGroups(plan, permuted, random);
    return models.flatMap((model) => listFigures(evaluate(model)));
  });
  return models.map((model, m) => {
    const observed = figuresOf(model.observed);
    const size = listFigures(observed).length;
    return mapFigures(observed, (value, index) => {
      const sorted = drawn.sorted(m * size + index);
      return value === null || sorted === null ? null : readBand(sorted, value);
    });
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
