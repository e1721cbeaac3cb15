import type { PreparedScores } from './prepareScores';
import type { ByGroup, ScoreMetrics, ScoreValues } from './scoreMetrics';
import { type CalibrationSums, describeBins, sumCalibration } from './sumCalibration';
import { packWeights, sumPairs } from './sumPairs';

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
): ByGroup<ScoreValues> {
  const { aucs, overallAucs } = measureAucs(prepared, weights, groups, groupCount);
  const sums = sumCalibration(prepared, weights, groups, groupCount);
  return {
    groups: aucs.map((aucByClass, group) => ({ ...meanAuc(aucByClass), ...measureCalibration(sums, group) })),
    overall: { ...meanAuc(overallAucs), ...measureCalibration(sums, groupCount) },
  };
}

/** {@link evaluateScores} of the samples themselves, with the bins of their calibration. */
export function describeScores(
  prepared: PreparedScores,
  groups: ArrayLike<number>,
  groupCount: number,
): ByGroup<ScoreMetrics> {
  const once = new Int32Array(groups.length).fill(1);
  const { groups: byGroup, overall } = evaluateScores(prepared, once, groups, groupCount);
  const sums = sumCalibration(prepared, once, groups, groupCount);
  return {
    groups: byGroup.map((values, group) => ({ ...values, reliability: describeBins(sums, group) })),
    overall: { ...overall, reliability: describeBins(sums, groupCount) },
  };
}

function measureCalibration(
  { binCount, n, confidence, hits, errors }: CalibrationSums,
  set: number,
): Pick<ScoreValues, 'brier' | 'ece'> {
  let total = 0;
  let miss = 0;
  for (let slot = set * binCount; slot < (set + 1) * binCount; slot++) {
    total += n[slot]!;
    miss += Math.abs(hits[slot]! - confidence[slot]!);
  }
  return { brier: errors[set]! / total, ece: miss / total };
}

function meanAuc(aucByClass: (number | null)[]): Pick<ScoreValues, 'auc' | 'aucByClass'> {
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
