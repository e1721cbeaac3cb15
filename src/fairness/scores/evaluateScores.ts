import type { PreparedScores } from './prepareScores';
import type { ReliabilityBin, ScoreMetrics } from './scoreMetrics';
import { packWeights, sumPairs } from './sumPairs';

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
  const overallCalibration = measureCalibration(prepared, weights, null, 1);
  return {
    groups: aucs.map((aucByClass, group) => ({ ...meanAuc(aucByClass), ...calibrations[group]! })),
    overall: { ...meanAuc(overallAucs), ...overallCalibration[0]! },
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

/** @param groups null for all samples as one group */
function measureCalibration(
  { squaredError, confidence, correct, bin, binCount }: PreparedScores,
  weights: Int32Array,
  groups: ArrayLike<number> | null,
  groupCount: number,
): Pick<ScoreMetrics, 'brier' | 'ece' | 'reliability'>[] {
  const size = groupCount * binCount;
  const counts = new Float64Array(size);
  const confidences = new Float64Array(size);
  const hits = new Float64Array(size);
  const errors = new Float64Array(groupCount);
  for (let i = 0; i < bin.length; i++) {
    const weight = weights[i]!;
    const group = groups === null ? 0 : groups[i]!;
    const slot = group * binCount + bin[i]!;
    counts[slot]! += weight;
    confidences[slot]! += weight * confidence[i]!;
    hits[slot]! += weight * correct[i]!;
    errors[group]! += weight * squaredError[i]!;
  }
  return Array.from(errors, (error, group) => {
    const reliability = Array.from({ length: binCount }, (_, b): ReliabilityBin => {
      const slot = group * binCount + b;
      const n = counts[slot]!;
      const mean = (sum: number) => (n === 0 ? null : sum / n);
      return {
        low: b / binCount,
        high: (b + 1) / binCount,
        n,
        confidence: mean(confidences[slot]!),
        accuracy: mean(hits[slot]!),
      };
    });
    const n = reliability.reduce((sum, { n }) => sum + n, 0);
    const miss = reliability.reduce(
      (sum, bin) => sum + bin.n * Math.abs((bin.accuracy ?? 0) - (bin.confidence ?? 0)),
      0,
    );
    return { brier: error / n, ece: miss / n, reliability };
  });
}
