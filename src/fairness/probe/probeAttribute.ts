import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import { rankScores } from '../scores/rankScores';
import { assignFolds } from './assignFolds';
import { fitLogistic, scoreRow } from './fitLogistic';

/** Features of samples, such as a layer's maps averaged over positions, and the samples' groups. */
export interface ProbeInput {
  /** Row-major [n, d]. */
  features: Float32Array;
  /** Group of each sample, 0 … groupCount-1. */
  groups: ArrayLike<number>;
  groupCount: number;
  /** Patient or lesion of each sample, or null. One with an empty text is a cluster of its own. */
  clusters: readonly string[] | null;
}

export interface ProbeSettings {
  /** At least 2. */
  folds: number;
  /** Ridge penalty on standardised features, above 0; 1 is scikit-learn's default. */
  ridge: number;
  seed: number;
}

export const defaultProbeSettings: ProbeSettings = { folds: 5, ridge: 1, seed: 1 };

/** How well a linear probe tells the groups apart on samples that it was not fitted on. */
export interface AttributeProbe {
  /** Mean over the folds. 0.5: no better than chance; 1: the groups can be told apart without error. */
  auc: number;
  /** Standard deviation over the folds; it is no standard error, since the folds share training samples. */
  sd: number;
  aucByFold: number[];
}

/**
 * How much of the group a linear classifier can read from features: the cross-validated AUC of a logistic regression.
 * Compare it before and after pruning with the same samples and seed, and so the same folds. A lower AUC says that the
 * group is harder to read linearly, not that it cannot be read, nor that predictions depend less on it.
 *
 * Features are standardised by the training folds. With more than two groups there is a probe of each group against the
 * rest, and the AUC is the mean over them.
 *
 * @throws LabError `shape-mismatch` when features and groups do not fit; `group-too-small` when a group has fewer samples
 * (or clusters) than there are folds; `config-invalid`; `predictions-invalid` for features that are no finite numbers;
 * `cancelled`
 */
export async function probeAttribute(
  input: ProbeInput,
  settings: ProbeSettings,
  context: JobContext,
): Promise<AttributeProbe> {
  checkProbe(input, settings);
  const { groups, groupCount, clusters } = input;
  const foldOfSample = assignFolds(groups, groupCount, clusters, settings.folds, settings.seed);
  return crossValidateProbe(input, foldOfSample, settings, context);
}

/** {@link probeAttribute} with given folds: `foldOfSample` has 0 … folds-1 for each sample. */
export async function crossValidateProbe(
  { features, groups, groupCount }: ProbeInput,
  foldOfSample: Int32Array,
  { folds, ridge }: Pick<ProbeSettings, 'folds' | 'ridge'>,
  context: JobContext,
): Promise<AttributeProbe> {
  const width = features.length / groups.length;
  // Of two groups, one against the other is the same both ways.
  const probed = groupCount === 2 ? [1] : Array.from({ length: groupCount }, (_, group) => group);
  const aucByFold: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const training = positionsWhere(foldOfSample, (value) => value !== fold);
    const held = positionsWhere(foldOfSample, (value) => value === fold);
    const scaling = measureScaling(features, width, training);
    const trainingRows = standardise(features, width, training, scaling);
    const heldRows = standardise(features, width, held, scaling);
    let sum = 0;
    for (const group of probed) {
      await context.breathe();
      const targets = Uint8Array.from(training, (i) => (groups[i] === group ? 1 : 0));
      const model = fitLogistic({ features: trainingRows, targets, width }, ridge);
      const scores = Float64Array.from(held, (_, row) => scoreRow(model, heldRows, row));
      sum += areaUnderCurve(scores, (row) => groups[held[row]!] === group);
    }
    aucByFold.push(sum / probed.length);
    context.report(fold + 1, folds, 'folds');
  }
  const auc = aucByFold.reduce((sum, value) => sum + value, 0) / folds;
  const squares = aucByFold.reduce((sum, value) => sum + (value - auc) ** 2, 0);
  return { auc, sd: Math.sqrt(squares / (folds - 1)), aucByFold };
}

function areaUnderCurve(scores: Float64Array, isPositive: (row: number) => boolean): number {
  const labels = Uint8Array.from(scores, (_, row) => (isPositive(row) ? 0 : 1));
  const { positives, negatives, below, upTo } = rankScores(scores, labels, 1, 0);
  let pairs = 0;
  for (let p = 0; p < positives.length; p++) pairs += (below[p]! + upTo[p]!) / 2;
  return pairs / (positives.length * negatives.length);
}

interface Scaling {
  mean: Float64Array;
  /** 1 / standard deviation; 0 for a feature that does not vary. */
  factor: Float64Array;
}

function measureScaling(features: Float32Array, width: number, rows: Int32Array): Scaling {
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  for (const row of rows) for (let j = 0; j < width; j++) mean[j]! += features[row * width + j]! / rows.length;
  for (const row of rows) {
    for (let j = 0; j < width; j++) square[j]! += (features[row * width + j]! - mean[j]!) ** 2 / rows.length;
  }
  return { mean, factor: square.map((value) => (value > 0 ? 1 / Math.sqrt(value) : 0)) };
}

function standardise(features: Float32Array, width: number, rows: Int32Array, { mean, factor }: Scaling): Float64Array {
  const scaled = new Float64Array(rows.length * width);
  for (let r = 0; r < rows.length; r++) {
    for (let j = 0; j < width; j++) {
      scaled[r * width + j] = (features[rows[r]! * width + j]! - mean[j]!) * factor[j]!;
    }
  }
  return scaled;
}

function positionsWhere(values: Int32Array, holds: (value: number) => boolean): Int32Array {
  return Int32Array.from([...values.keys()].filter((i) => holds(values[i]!)));
}

function checkProbe({ features, groups, groupCount, clusters }: ProbeInput, { folds, ridge }: ProbeSettings): void {
  const n = groups.length;
  if (n === 0 || features.length === 0 || features.length % n !== 0 || (clusters && clusters.length !== n)) {
    throw new LabError({
      code: 'shape-mismatch',
      message: `There are ${features.length} features, ${n} groups and ${clusters?.length ?? n} clusters.`,
      hint: 'Give the same number of features for every sample, and one group and cluster for each.',
    });
  }
  if (!Number.isInteger(folds) || folds < 2 || !(ridge > 0) || groupCount < 2) {
    throw new LabError({
      code: 'config-invalid',
      message: `A probe of ${groupCount} groups in ${folds} folds with a ridge of ${ridge} is not possible.`,
      hint: 'Ask for two groups or more, a whole number of folds from 2 up, and a ridge above 0.',
      details: { groupCount, folds, ridge },
    });
  }
  const position = features.findIndex((value) => !Number.isFinite(value));
  if (position < 0) return;
  throw new LabError({
    code: 'predictions-invalid',
    message: `Feature ${position % (features.length / n)} of the sample at position ${Math.floor(position / (features.length / n))} is ${features[position]}.`,
    hint: 'Features must be finite numbers; a model that gives others has diverged.',
  });
}
