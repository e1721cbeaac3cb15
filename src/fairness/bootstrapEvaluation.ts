import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { byCriterion } from './byCriterion';
import { checkPredictions } from './countConfusion';
import type { BootstrapResult, Predictions } from './fairnessReport';
import { openAnalysedModel } from './resampling/analysedModel';
import { bootstrapFigures } from './resampling/bootstrapFigures';

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
 * How far the paper's table of a model on two groups, and its FATE, could move if other samples of the same kind had been
 * drawn: percentile bootstrap intervals, as run records keep them.
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
  const { model, baseline, clusters, replicates, level, seed, lambda = 1 } = input;
  const { labels, groups, classCount } = model;
  const samples = {
    labels: Int32Array.from(labels),
    groups: Int32Array.from(groups),
    classCount,
    groupCount: 2,
    clusters,
  };
  const estimates = await bootstrapFigures(
    samples,
    openAnalysedModel(samples, model.predicted, null),
    baseline && openAnalysedModel(samples, baseline, null),
    { replicates, level, method: 'percentile', seed, lambda },
    context,
  );
  const { gaps, metrics } = estimates.model;
  // Of two groups with samples all of these are defined, on every resample.
  return {
    replicates,
    level,
    unit: clusters === null ? 'group × class' : 'cluster',
    intervals: {
      f1Avg: metrics.f1.average.interval!,
      f1Diff: metrics.f1.gap.interval!,
      accuracyAvg: metrics.accuracy.average.interval!,
      accuracyDiff: metrics.accuracy.gap.interval!,
      eopp0: gaps.eopp0.interval!,
      eopp1: gaps.eopp1.interval!,
      eodd: gaps.eodd.interval!,
    },
    fate: estimates.against && byCriterion((criterion) => estimates.against!.fate[criterion].interval),
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
