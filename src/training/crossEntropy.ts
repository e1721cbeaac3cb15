import { exp } from '../foundation/exp';

/**
 * Mean softmax cross-entropy of logits, in float64: mean of log Σ exp(z) − z_label.
 *
 * @param logits row-major [n, classCount]
 * @param labels true class of each row
 */
export function meanCrossEntropy(logits: Float32Array, labels: ArrayLike<number>, classCount: number): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const values = logits.subarray(row * classCount, (row + 1) * classCount);
    const highest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let total = 0;
    for (const value of values) total += exp(value - highest);
    sum += Math.log(total) + highest - values[labels[row]!]!;
  }
  return sum / labels.length;
}
