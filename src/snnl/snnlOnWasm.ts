import type { Tensor4D } from '@tensorflow/tfjs-core';
import { compareNeighbours, type NeighbourSums } from '../compute/wasm/neighbourSums';
import { countingBlocks, groupBlocks, imagesIn } from './groupBlocks';
import type { SnnlBatchScores, SnnlOptions } from './snnlOptions';

/** Added to the numerator under `epsilon` (authors' code). */
const epsilon = 1e-9;

/**
 * SNNL of one batch on the WASM backend; as `snnlBatch`, with the loss of every anchor beside.
 *
 * @param maps float32 [b, h, w, C], b ≥ 2
 * @param groups group of each image
 * @returns `anchorLosses`, row-major [b, C], NaN for an anchor that is left out
 */
export function snnlOnWasm(
  maps: Tensor4D,
  groups: Int32Array | Uint8Array,
  options: SnnlOptions,
): SnnlBatchScores & { anchorLosses: Float32Array } {
  const [batch, , , channels] = maps.shape;
  const { order, blocks } = groupBlocks(groups);
  const losses = new Float32Array(channels);
  const temperatures = new Float32Array(channels);
  const anchorLosses = new Float32Array(batch * channels).fill(Number.NaN);
  const counting = countingBlocks(blocks, options);
  const validAnchors = imagesIn(counting);
  compareNeighbours(maps, order, blocks, options, (sums) => {
    let total = 0;
    for (const { start, size } of counting) {
      for (let position = start; position < start + size; position++) {
        const loss = anchorLoss(sums, position, options);
        anchorLosses[order[position]! * channels + sums.channel] = loss;
        total += loss;
      }
    }
    losses[sums.channel] = validAnchors > 0 ? total / validAnchors : Number.NaN;
    temperatures[sums.channel] = sums.temperature;
  });
  return { losses, temperatures, validAnchors, anchorLosses };
}

/**
 * Loss of one anchor from its three sums. With same = log Σ over its own group and other = log Σ over the rest, Eq. 1 is
 * log(1 + e^(other - same)): a channel that separates the groups gets its exact small loss, not a difference of two large
 * numbers. What else the options put into the numerator, the self pair and epsilon, lowers it by another such logarithm.
 */
function anchorLoss(sums: NeighbourSums, position: number, { selfInNumerator, logarithm }: SnnlOptions): number {
  const [same, other, self] = [sums.same[position]!, sums.other[position]!, sums.self[position]!];
  const isAlone = same === Number.NEGATIVE_INFINITY;
  const more = selfInNumerator && !isAlone ? softplus(self - same) : 0;
  const loss = isAlone ? other - self : softplus(other - same) - more;
  if (logarithm === 'log-sum-exp') return loss;
  const logNumerator = isAlone ? self : same + more;
  return loss - softplus(Math.log(epsilon) - logNumerator);
}

/** log(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
