import type { JobContext } from '../../foundation/jobContext';
import { createRandom } from '../../foundation/random';
import { createConfusionCounts } from '../countConfusion';
import { evaluateGroups, figuresOf } from '../evaluateGroups';
import type { Estimate, EvaluationSettings, FigureTree } from '../fairnessEvaluation';
import { repeatPaced } from '../repeatPaced';
import { roundingResidue } from '../roundingResidue';
import { evaluateScores } from '../scores/evaluateScores';
import { accelerate, type LeaveOneOut } from './accelerate';
import { distinctUnits } from './distinctUnits';
import type { EvaluatedModel, EvaluatedSamples } from './evaluatedModel';
import { drawResample, planResampling } from './planResampling';
import { bcaInterval, percentileInterval } from './readInterval';
import { collectReplicates } from './replicates';
import { countCells, tabulateCells } from './tabulateCells';

export type Figures = FigureTree<number | null>;
export type BootstrapSettings = Pick<EvaluationSettings, 'replicates' | 'level' | 'method' | 'seed'>;

/**
 * Bootstrap of statistics of several models on the same samples. All models are read on the same draws, so that
 * statistics that compare them have paired intervals.
 *
 * A draw takes clusters where they are given, otherwise samples within group × class (see {@link planResampling}). BCa
 * intervals take the acceleration from leaving out one unit at a time; statistics of scores, of which that would cost a
 * pass over all samples for each, are corrected for bias alone (a = 0).
 *
 * @param derive the statistics, from the figures of each model in their order; NaN where one is undefined, and always as
 * many
 * @returns an estimate of each statistic
 * @throws LabError `cancelled`
 */
export async function bootstrapStatistics(
  samples: EvaluatedSamples,
  models: readonly EvaluatedModel[],
  derive: (figures: Figures[]) => number[],
  settings: BootstrapSettings,
  context: JobContext,
): Promise<Estimate[]> {
  const { replicates, level, method, seed } = settings;
  const { labels, groups, classCount, groupCount, clusters } = samples;
  const cells = tabulateCells(
    samples,
    models.map(({ predicted }) => predicted),
  );
  const weights = models.some(({ scores }) => scores !== null) ? new Int32Array(labels.length) : null;
  const slotOfSample = weights ? Int32Array.from(labels, (_, i) => i) : cells.ofSample;
  const plan = planResampling(samples, slotOfSample, clusters);
  const samplesOfCell = new Int32Array(cells.count);
  const counts = createConfusionCounts(classCount, groupCount);
  const statisticsOfDraw = (withScores: boolean) =>
    derive(
      models.map(({ scores }, model) => {
        countCells(cells, model, samplesOfCell, counts);
        const scored = withScores && scores && weights ? evaluateScores(scores, weights, groups, groupCount) : null;
        return figuresOf(evaluateGroups(counts, scored));
      }),
    );

  const isAccelerated = method === 'bca' && replicates > 0;
  const random = createRandom(seed, 'bootstrap');
  const drawing = context.part('', 0, isAccelerated ? 0.9 : 1);
  const drawn = await collectReplicates(replicates, 'replicates', drawing, () => {
    drawResample(plan, random, weights ?? samplesOfCell);
    if (weights) sumCells(weights, cells.ofSample, samplesOfCell);
    return statisticsOfDraw(true);
  });

  const observed = derive(models.map((model) => figuresOf(model.observed)));
  const leftOut: LeaveOneOut[][] = [];
  if (isAccelerated) {
    const whole = new Int32Array(cells.count);
    for (const cell of cells.ofSample) whole[cell]!++;
    const units = distinctUnits(plan, weights ? cells.ofSample : null);
    let next = 0;
    await repeatPaced(units.length, 'units', context.part('', 0.9, 1), () => {
      const { cellsOfUnit, stratum, stratumSize, alike } = units[next++]!;
      samplesOfCell.set(whole);
      // A unit that is alone in its stratum never varies, and without it a group could be empty.
      if (stratumSize > 1) for (const cell of cellsOfUnit) samplesOfCell[cell]!--;
      leftOut[stratum] ??= [];
      leftOut[stratum].push({ stratumSize, alike, statistics: statisticsOfDraw(false) });
    });
  }
  const acceleration = accelerate(leftOut, observed.length);

  return observed.map((value, statistic): Estimate => {
    const sorted = drawn.sorted(statistic);
    if (Number.isNaN(value)) return { ...noEstimate, value: null };
    if (sorted === null) return { ...noEstimate, value };
    const interval =
      method === 'bca'
        ? bcaInterval(sorted, value, acceleration[statistic]!, level)
        : percentileInterval(sorted, level);
    return { value, interval, ...measureBias(sorted, value) };
  });
}

const noEstimate = { interval: null, standardError: null, biasRatio: null };

function measureBias(sorted: Float64Array, value: number): Pick<Estimate, 'standardError' | 'biasRatio'> {
  // Deviations from the value itself keep their digits where hardly anything varies.
  const mean = sorted.reduce((sum, replicate) => sum + (replicate - value), 0) / sorted.length;
  const square = sorted.reduce((sum, replicate) => sum + (replicate - value - mean) ** 2, 0) / sorted.length;
  const standardError = Math.sqrt(square);
  return { standardError, biasRatio: standardError < roundingResidue ? 0 : mean / standardError };
}

function sumCells(weights: Int32Array, cellOfSample: Int32Array, samplesOfCell: Int32Array): void {
  samplesOfCell.fill(0);
  for (let i = 0; i < weights.length; i++) samplesOfCell[cellOfSample[i]!]! += weights[i]!;
}
