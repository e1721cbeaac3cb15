import {
  abs,
  add,
  div,
  greater,
  mean,
  mul,
  onesLike,
  pow,
  square,
  sub,
  sum,
  type Tensor1D,
  type Tensor4D,
  tidy,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { JobContext } from '../foundation/jobContext';
import { type TapRequest, tapDataset } from './tapDataset';

/** A map whose values differ by less than this share of their size is even: its third moment is rounding. */
const evenVariance = 1e-12;

/**
 * How unevenly each channel of a layer responds over an image: the mean over images of |g₁|, with g₁ = m₃ / m₂^1.5 the
 * skewness of the map's pixels. 0: as much above its mean as below; high: a spot stands out from an even ground. An even
 * map counts 0. It needs no group, which makes it a rival to SNNL-Fair.
 *
 * Source: feature-map skewness as a ground for pruning in skin-lesion networks is from arXiv 2509.00745. The absolute value,
 * the mean over images and the order (lowest first: channels that respond to the whole image) are the lab's reading.
 *
 * @returns one value per channel, 0 or more
 * @throws LabError `layer-not-found`, `shape-mismatch`, `cancelled`
 */
export async function mapSkewness(request: TapRequest, context: JobContext): Promise<number[]> {
  let totals: Float64Array | null = null;
  for await (const maps of tapDataset(request, context)) {
    const ofBatch = tidy(() => sum(skewnessOfMaps(maps), 0) as Tensor1D);
    maps.dispose();
    const values = await ofBatch.data();
    ofBatch.dispose();
    const added = (totals ??= new Float64Array(values.length));
    values.forEach((value, channel) => {
      added[channel]! += value;
    });
  }
  return Array.from(totals ?? [], (total) => total / request.indices.length);
}

/** |g₁| of each map: [n, channels]. */
function skewnessOfMaps(maps: Tensor4D) {
  const deviation = sub(maps, mean(maps, [1, 2], true));
  const variance = mean(square(deviation), [1, 2]);
  const thirdMoment = mean(mul(square(deviation), deviation), [1, 2]);
  const scale = add(mean(square(maps), [1, 2]), evenVariance);
  const isUneven = greater(variance, mul(scale, evenVariance));
  const divisor = where(isUneven, pow(variance, 1.5), onesLike(variance));
  return where(isUneven, div(abs(thirdMoment), divisor), zerosLike(variance));
}
