import { exp } from '../../foundation/exp';

/**
 * Class probabilities of logits, in float64.
 *
 * @param logits row-major [n, classCount]
 * @returns row-major [n, classCount]; each row adds up to 1, and is NaN where a logit is
 */
export function softmaxRows(logits: Float32Array, classCount: number): Float64Array {
  const probabilities = new Float64Array(logits.length);
  for (let start = 0; start < logits.length; start += classCount) {
    const row = logits.subarray(start, start + classCount);
    const highest = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let total = 0;
    for (let k = 0; k < classCount; k++) total += probabilities[start + k] = exp(row[k]! - highest);
    for (let k = 0; k < classCount; k++) probabilities[start + k]! /= total;
  }
  return probabilities;
}
