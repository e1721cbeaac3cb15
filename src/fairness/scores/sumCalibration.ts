import type { PreparedScores } from './prepareScores';
import type { ReliabilityBin } from './scoreMetrics';

/** Sums by set and bin, at `set * binCount + bin`. The sets are the groups and, after them, all samples. */
export interface CalibrationSums {
  binCount: number;
  n: Float64Array;
  confidence: Float64Array;
  hits: Float64Array;
  /** Squared errors by set. */
  errors: Float64Array;
}

/** Sums confidence, hits and squared errors of weighted samples, by group and bin. */
export function sumCalibration(
  { squaredError, confidence, correct, bin, binCount }: PreparedScores,
  weights: Int32Array,
  groups: ArrayLike<number>,
  groupCount: number,
): CalibrationSums {
  const size = (groupCount + 1) * binCount;
  const sums: CalibrationSums = {
    binCount,
    n: new Float64Array(size),
    confidence: new Float64Array(size),
    hits: new Float64Array(size),
    errors: new Float64Array(groupCount + 1),
  };
  for (let i = 0; i < bin.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    const slot = groups[i]! * binCount + bin[i]!;
    sums.n[slot]! += weight;
    sums.confidence[slot]! += weight * confidence[i]!;
    sums.hits[slot]! += weight * correct[i]!;
    sums.errors[groups[i]!]! += weight * squaredError[i]!;
  }
  for (let group = 0; group < groupCount; group++) sums.errors[groupCount]! += sums.errors[group]!;
  const all = groupCount * binCount;
  for (let slot = 0; slot < all; slot++) {
    sums.n[all + (slot % binCount)]! += sums.n[slot]!;
    sums.confidence[all + (slot % binCount)]! += sums.confidence[slot]!;
    sums.hits[all + (slot % binCount)]! += sums.hits[slot]!;
  }
  return sums;
}

/** The bins of one set. */
export function describeBins({ binCount, n, confidence, hits }: CalibrationSums, set: number): ReliabilityBin[] {
  return Array.from({ length: binCount }, (_, b) => {
    const slot = set * binCount + b;
    const mean = (sum: number) => (n[slot] === 0 ? null : sum / n[slot]!);
    return {
      low: b / binCount,
      high: (b + 1) / binCount,
      n: n[slot]!,
      confidence: mean(confidence[slot]!),
      accuracy: mean(hits[slot]!),
    };
  });
}
