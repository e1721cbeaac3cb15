import type { PreparedScores } from './prepareScores';
import type { ReliabilityBin, ScoreMetrics } from './scoreMetrics';
import { packWeights, sumPairs } from './sumPairs';

type Calibration = Pick<ScoreMetrics, 'brier' | 'ece' | 'reliability'>;

/** Metrics of the scores in each group and on all samples. */
export interface ScoreEvaluation {
  groups: ScoreMetrics[];
  overall: ScoreMetrics;
}

/**
 * What the scores are worth in each group and on all samples together.
 *
 * @param weights how often each sample counts; 1 for the samples themselves, a count of draws in a resample
 * @param groups group of each sample
 * @param groupCount every group needs a sample with a weight
 */
export function evaluateScores(
  prepared: PreparedScores,
  weights: Int32Array,
  groups: ArrayLike<number>,
  groupCount: number,
): ScoreEvaluation {
  const { aucs, overallAucs } = measureAucs(prepared, weights, groups, groupCount);
  const calibrations = measureCalibration(prepared, weights, groups, groupCount);
  return {
    groups: aucs.map((aucByClass, group) => ({ ...meanAuc(aucByClass), ...calibrations[group]! })),
    overall: { ...meanAuc(overallAucs), ...calibrations[groupCount]! },
  };
}

function meanAuc(aucByClass: (number | null)[]): Pick<ScoreMetrics, 'auc' | 'aucByClass'> {
  const defined = aucByClass.filter((auc) => auc !== null);
  const auc = defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
  return { auc, aucByClass };
}

function measureAucs(prepared: PreparedScores, weights: Int32Array, groups: ArrayLike<number>, groupCount: number) {
  const { labels, classCount, rankings, packed } = prepared;
  const samples = new Float64Array(groupCount);
  const positives = new Float64Array(groupCount * classCount);
  for (let i = 0; i < labels.length; i++) {
    samples[groups[i]!]! += weights[i]!;
    positives[groups[i]! * classCount + labels[i]!]! += weights[i]!;
  }
  const pairs = new Float64Array(groupCount * classCount);
  const overallPairs = new Float64Array(classCount);
  for (let a = 0; a < groupCount; a += 2) {
    const b = a + 1 < groupCount ? a + 1 : -1;
    packWeights(weights, groups, a, b, packed);
    for (const [k, ranking] of rankings.entries()) {
      const sums = sumPairs(ranking, weights, groups, packed, a, b);
      pairs[a * classCount + k] = sums.a;
      if (b >= 0) pairs[b * classCount + k] = sums.b;
      overallPairs[k]! += sums.any;
    }
  }
  const aucOf = (pairSum: number, positive: number, all: number) => {
    const possible = positive * (all - positive);
    return possible === 0 ? null : pairSum / possible;
  };
  const total = samples.reduce((sum, value) => sum + value, 0);
  return {
    aucs: Array.from(samples, (all, group) =>
      rankings.map((_, k) => aucOf(pairs[group * classCount + k]!, positives[group * classCount + k]!, all)),
    ),
    overallAucs: rankings.map((_, k) => {
      let positive = 0;
      for (let group = 0; group < groupCount; group++) positive += positives[group * classCount + k]!;
      return aucOf(overallPairs[k]!, positive, total);
    }),
  };
}

/** Calibration of each group and, at the end, of all samples. */
function measureCalibration(
  { squaredError, confidence, correct, bin, binCount }: PreparedScores,
  weights: Int32Array,
  groups: ArrayLike<number>,
  groupCount: number,
): Calibration[] {
  const bins = Array.from({ length: groupCount + 1 }, () => ({
    n: new Float64Array(binCount),
    confidence: new Float64Array(binCount),
    hits: new Float64Array(binCount),
  }));
  const errors = new Float64Array(groupCount + 1);
  for (let i = 0; i < bin.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    const group = groups[i]!;
    const b = bin[i]!;
    const sums = bins[group]!;
    sums.n[b]! += weight;
    sums.confidence[b]! += weight * confidence[i]!;
    sums.hits[b]! += weight * correct[i]!;
    errors[group]! += weight * squaredError[i]!;
  }
  const all = bins[groupCount]!;
  for (let group = 0; group < groupCount; group++) {
    errors[groupCount]! += errors[group]!;
    for (let b = 0; b < binCount; b++) {
      all.n[b]! += bins[group]!.n[b]!;
      all.confidence[b]! += bins[group]!.confidence[b]!;
      all.hits[b]! += bins[group]!.hits[b]!;
    }
  }
  return bins.map(({ n, confidence, hits }, set) => {
    const reliability = Array.from(n, (samples, b): ReliabilityBin => {
      const mean = (sum: number) => (samples === 0 ? null : sum / samples);
      const bounds = { low: b / binCount, high: (b + 1) / binCount };
      return { ...bounds, n: samples, confidence: mean(confidence[b]!), accuracy: mean(hits[b]!) };
    });
    const total = n.reduce((sum, samples) => sum + samples, 0);
    let miss = 0;
    for (let b = 0; b < binCount; b++) miss += Math.abs(hits[b]! - confidence[b]!);
    return { brier: errors[set]! / total, ece: miss / total, reliability };
  });
}
