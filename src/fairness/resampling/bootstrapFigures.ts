import type { JobContext } from '../../foundation/jobContext';
import { createRandom } from '../../foundation/random';
import { computeFate } from '../computeFate';
import { createConfusionCounts } from '../countConfusion';
import { evaluateGroups, figuresOf } from '../evaluateGroups';
import type { AnalysisSettings, Estimate, FigureTree } from '../fairnessAnalysis';
import { listFigures, mapFigures } from '../figureTree';
import { type GapName, gapNames } from '../gapDefinitions';
import { drawResample, planResampling, type ResamplingPlan } from '../planResampling';
import { repeatPaced } from '../repeatPaced';
import { roundingResidue } from '../roundingResidue';
import { evaluateScores } from '../scores/evaluateScores';
import { countCells, tabulateCells } from '../tabulateCells';
import { accelerate, type LeaveOneOut } from './accelerate';
import type { AnalysedModel, AnalysedSamples } from './analysedModel';
import { bcaInterval, percentileInterval } from './readInterval';
import { collectReplicates } from './replicates';

type Figures = FigureTree<number | null>;

/** Estimates of a model, of its baseline, and of the model against the baseline. */
export interface BootstrapEstimates {
  model: FigureTree<Estimate>;
  against: {
    baseline: FigureTree<Estimate>;
    differences: FigureTree<Estimate>;
    fate: Record<GapName, Estimate>;
  } | null;
}

/**
 * Every figure with its bootstrap interval. Model and baseline are read on the same draws, so that intervals of
 * differences and of FATE are paired.
 *
 * A draw takes clusters where they are given, otherwise samples within group × class (see {@link planResampling}).
 * BCa intervals take the acceleration from leaving out one unit at a time; figures of scores, of which that would cost a
 * pass over all samples for each, are corrected for bias alone (a = 0).
 *
 * @throws LabError `cancelled`
 */
export async function bootstrapFigures(
  samples: AnalysedSamples,
  model: AnalysedModel,
  baseline: AnalysedModel | null,
  settings: AnalysisSettings,
  context: JobContext,
): Promise<BootstrapEstimates> {
  const { replicates, level, method, seed, lambda } = settings;
  const { labels, groups, classCount, groupCount, clusters } = samples;
  const cells = tabulateCells({ ...samples, predicted: model.predicted }, baseline && baseline.predicted);
  const hasScores = model.scores !== null || (baseline !== null && baseline.scores !== null);
  const ownPositions = Int32Array.from(labels, (_, i) => i);
  const plan = planResampling(samples, hasScores ? ownPositions : cells.ofSample, clusters);
  const samplesOfCell = new Int32Array(cells.group.length);
  const weights = hasScores ? new Int32Array(labels.length) : null;
  const counts = createConfusionCounts(classCount, groupCount);

  const evaluate = (which: 'model' | 'baseline', { scores }: AnalysedModel, withScores: boolean): Figures => {
    countCells(cells, which, samplesOfCell, counts);
    const scored = withScores && scores && weights ? evaluateScores(scores, weights, groups, groupCount) : null;
    return figuresOf(evaluateGroups(counts, scored));
  };
  const statisticsOfDraw = (withScores: boolean) =>
    listStatistics(
      evaluate('model', model, withScores),
      baseline && evaluate('baseline', baseline, withScores),
      lambda,
    );

  const random = createRandom(seed, 'bootstrap');
  const drawn = await collectReplicates(replicates, 'replicates', context.part('', 0, 0.9), () => {
    drawResample(plan, random, weights ?? samplesOfCell);
    if (weights) sumCells(weights, cells.ofSample, samplesOfCell);
    return statisticsOfDraw(true);
  });

  const modelFigures = figuresOf(model.observed);
  const baselineFigures = baseline && figuresOf(baseline.observed);
  const observed = listStatistics(modelFigures, baselineFigures, lambda);
  const leftOut: LeaveOneOut[] = [];
  if (method === 'bca' && replicates > 0) {
    const whole = new Int32Array(cells.group.length);
    for (const cell of cells.ofSample) whole[cell]!++;
    const units = distinctUnits(plan, hasScores ? cells.ofSample : null);
    await repeatPaced(units.length, 'units', context.part('', 0.9, 1), () => {
      const { cellsOfUnit, stratumSize, alike } = units[leftOut.length]!;
      samplesOfCell.set(whole);
      // A unit that is alone in its stratum never varies, and without it a group could be empty.
      if (stratumSize > 1) for (const cell of cellsOfUnit) samplesOfCell[cell]!--;
      leftOut.push({ stratumSize, alike, statistics: statisticsOfDraw(false) });
    });
  }
  const acceleration = accelerate(observed, leftOut);

  const estimate = (statistic: number): Estimate => {
    const value = observed[statistic]!;
    const sorted = drawn.sorted(statistic);
    if (Number.isNaN(value)) return { ...noEstimate, value: null };
    if (sorted === null) return { ...noEstimate, value };
    const interval =
      method === 'bca'
        ? bcaInterval(sorted, value, acceleration[statistic]!, level)
        : percentileInterval(sorted, level);
    return { value, interval, ...measureBias(sorted, value) };
  };
  const size = listFigures(modelFigures).length;
  const treeAt = (block: number) => mapFigures(modelFigures, (_, index) => estimate(block * size + index));
  return {
    model: treeAt(0),
    against: baseline && {
      baseline: treeAt(1),
      differences: treeAt(2),
      fate: Object.fromEntries(gapNames.map((name, g) => [name, estimate(3 * size + g)])) as Record<GapName, Estimate>,
    },
  };
}

const noEstimate = { interval: null, standardError: null, biasRatio: null };

function measureBias(sorted: Float64Array, value: number): Pick<Estimate, 'standardError' | 'biasRatio'> {
  // Deviations from the value itself keep their digits where hardly anything varies.
  const mean = sorted.reduce((sum, replicate) => sum + (replicate - value), 0) / sorted.length;
  const square = sorted.reduce((sum, replicate) => sum + (replicate - value - mean) ** 2, 0) / sorted.length;
  const standardError = Math.sqrt(square);
  return { standardError, biasRatio: standardError < roundingResidue ? 0 : mean / standardError };
}

/** The figures of the model and, against a baseline, those of the baseline, the differences and FATE under each gap. */
function listStatistics(model: Figures, baseline: Figures | null, lambda: number): number[] {
  const ofModel = listFigures(model);
  if (baseline === null) return ofModel;
  const ofBaseline = listFigures(baseline);
  const differences = ofModel.map((value, index) => value - ofBaseline[index]!);
  const fates = gapNames.map((name) => fateOf(model, baseline, name, lambda) ?? Number.NaN);
  return [...ofModel, ...ofBaseline, ...differences, ...fates];
}

function fateOf(model: Figures, baseline: Figures, name: GapName, lambda: number): number | null {
  const accuracyModel = model.metrics.f1.average;
  const accuracyBaseline = baseline.metrics.f1.average;
  const criterionModel = model.gaps[name];
  const criterionBaseline = baseline.gaps[name];
  if (accuracyModel === null || accuracyBaseline === null || criterionModel === null || criterionBaseline === null) {
    return null;
  }
  return computeFate({ accuracyModel, accuracyBaseline, criterionModel, criterionBaseline, lambda });
}

function sumCells(weights: Int32Array, cellOfSample: Int32Array, samplesOfCell: Int32Array): void {
  samplesOfCell.fill(0);
  for (let i = 0; i < weights.length; i++) samplesOfCell[cellOfSample[i]!]! += weights[i]!;
}

interface DistinctUnit {
  cellsOfUnit: number[];
  stratumSize: number;
  alike: number;
}

/**
 * Units of a stratum that hold the same cells are one to the leave-one-out.
 * @param cellOfSlot cell of each slot of the plan; null when the slots are the cells
 */
function distinctUnits(
  { stratumStart, unitStart, slotOfEntry }: ResamplingPlan,
  cellOfSlot: Int32Array | null,
): DistinctUnit[] {
  const distinct: DistinctUnit[] = [];
  for (let s = 0; s + 1 < stratumStart.length; s++) {
    const stratumSize = stratumStart[s + 1]! - stratumStart[s]!;
    const ofKey = new Map<string, DistinctUnit>();
    for (let unit = stratumStart[s]!; unit < stratumStart[s + 1]!; unit++) {
      const slots = Array.from(slotOfEntry.subarray(unitStart[unit]!, unitStart[unit + 1]!));
      const cellsOfUnit = cellOfSlot ? slots.map((slot) => cellOfSlot[slot]!) : slots;
      const key = cellsOfUnit.sort((a, b) => a - b).join();
      const known = ofKey.get(key);
      if (known) known.alike++;
      else ofKey.set(key, { cellsOfUnit, stratumSize, alike: 1 });
    }
    distinct.push(...ofKey.values());
  }
  return distinct;
}
