import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { createRandom } from '../foundation/random';
import { byCriterion } from './byCriterion';
import { fateByCriterion } from './computeFate';
import { checkPredictions, createConfusionCounts } from './countConfusion';
import { evaluateCounts, evaluateFairness } from './evaluateFairness';
import type { BootstrapResult, FateByCriterion, IntervalName, Predictions } from './fairnessReport';
import { byIntervalName, intervalStatistics } from './intervalStatistics';
import { drawResample, planResampling } from './planResampling';
import { repeatPaced } from './repeatPaced';
import { percentileInterval } from './resampling/readInterval';
import { countCells, tabulateCells } from './tabulateCells';

/** FATE that is undefined on more than this share of the resamples gets no interval. */
const maxUndefinedRatio = 0.05;

/** What is resampled, and how often. */
export interface BootstrapInput {
  model: Predictions;
  /** The baseline's predicted class of the same samples in the same order, or null for the baseline itself. */
  baseline: number[] | null;
  /** Patient or lesion of each sample, or null. A sample with an empty text counts as a cluster of its own. */
  clusters: string[] | null;
  /** Number of resamples, at least 1; 1000 or more for an interval to be relied on. */
  replicates: number;
  /** Confidence level between 0 and 1, for example 0.95. */
  level: number;
  seed: number;
  /** λ of FATE; 1 when left out. */
  lambda?: number;
}

/**
 * How far the table of a model, and its FATE, could move if other samples of the same kind had been drawn: percentile
 * bootstrap intervals.
 *
 * Each replicate draws as many units as there are, with replacement: clusters where they are given, otherwise samples
 * within each group × class, which keeps the size of every cell. Model and baseline are read on the same draw, so the
 * interval of FATE is a paired one. The interval runs from the (1 - level)/2 to the (1 + level)/2 quantile of the
 * replicates. Replicates on which FATE is undefined are left out of its interval; it is null when they are more than 5 %,
 * or when FATE is undefined on the samples themselves.
 *
 * Eopp0, Eopp1 and Eodd are means of absolute values: noise pushes them up, and the whole interval can lie above the
 * observed value. A group × class cell with one sample never varies. Read it together with the noise floor.
 *
 * Source: Efron and Tibshirani, "An Introduction to the Bootstrap", chapter 13.
 *
 * @throws LabError `predictions-invalid`, `group-too-small`, `config-invalid` (replicates, level), `cancelled`
 */
export async function bootstrapEvaluation(input: BootstrapInput, context: JobContext): Promise<BootstrapResult> {
  checkInput(input);
  const { model, baseline, clusters, replicates, level, lambda = 1 } = input;
  const random = createRandom(input.seed, 'bootstrap');
  const cells = tabulateCells(model, baseline);
  const plan = planResampling(model, cells.ofSample, clusters);
  const samplesOfCell = new Int32Array(cells.group.length);
  const counts = createConfusionCounts(model.classCount, model.groupCount);
  const statistics: Record<IntervalName, number>[] = [];
  const fates: FateByCriterion[] = [];

  await repeatPaced(replicates, 'replicates', context, () => {
    drawResample(plan, random, samplesOfCell);
    countCells(cells, 'model', samplesOfCell, counts);
    const report = evaluateCounts(counts);
    statistics.push(intervalStatistics(report));
    if (baseline === null) return;
    countCells(cells, 'baseline', samplesOfCell, counts);
    fates.push(fateByCriterion(report, evaluateCounts(counts), lambda));
  });

  const observedFate =
    baseline === null
      ? null
      : fateByCriterion(evaluateFairness(model), evaluateFairness({ ...model, predicted: baseline }), lambda);
  return {
    replicates,
    level,
    unit: clusters === null ? 'group × class' : 'cluster',
    intervals: byIntervalName((name) =>
      percentileInterval(Float64Array.from(statistics, (values) => values[name]).sort(), level),
    ),
    fate:
      observedFate &&
      byCriterion((criterion) => {
        const defined = fates.flatMap((fate) => fate[criterion] ?? []);
        const undefinedCount = replicates - defined.length;
        if (observedFate[criterion] === null || undefinedCount > maxUndefinedRatio * replicates) return null;
        return percentileInterval(Float64Array.from(defined).sort(), level);
      }),
  };
}

function checkInput({ model, baseline, clusters, replicates, level }: BootstrapInput): void {
  checkPredictions(model);
  if (baseline !== null) checkPredictions({ ...model, predicted: baseline });
  if (clusters !== null && clusters.length !== model.labels.length) {
    throw new LabError({
      code: 'predictions-invalid',
      message: `There are ${clusters.length} clusters for ${model.labels.length} samples; the two must be equally many.`,
      hint: 'Give the patient or lesion of every sample, or none at all.',
      details: { clusters: clusters.length, samples: model.labels.length },
    });
  }
  if (!Number.isInteger(replicates) || replicates < 1 || !(level > 0 && level < 1)) {
    throw new LabError({
      code: 'config-invalid',
      message: `A bootstrap of ${replicates} replicates at level ${level} is not possible.`,
      hint: 'Ask for a whole number of replicates from 1 up (1000 is usual) and a level between 0 and 1, such as 0.95.',
      details: { replicates, level },
    });
  }
}
