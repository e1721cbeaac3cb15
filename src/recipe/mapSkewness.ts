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
  tidy,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { Dataset } from '../dataset/dataset';
import { readBatch } from '../dataset/readBatch';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { tapLayer } from '../model/tapLayer';
import { predictionBatchSize } from '../training/predictDataset';

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
 * @param indices samples to look at, positions in the dataset
 * @returns one value per channel, 0 or more
 * @throws LabError `layer-not-found`, `shape-mismatch`, `cancelled`
 */
export async function mapSkewness(
  { model, dataset, indices, layer }: { model: LabModel; dataset: Dataset; indices: ArrayLike<number>; layer: string },
  context: JobContext,
): Promise<number[]> {
  const tap = tapLayer(model, layer);
  const totals = new Float64Array(tap.channels);
  for (let start = 0; start < indices.length; start += predictionBatchSize) {
    await context.breathe();
    const batch = Array.prototype.slice.call(indices, start, start + predictionBatchSize) as number[];
    const ofBatch = tidy(() => {
      const { maps } = tap.predict(readBatch(dataset, batch, model.preprocessing));
      const deviation = sub(maps, mean(maps, [1, 2], true));
      const variance = mean(square(deviation), [1, 2]);
      const thirdMoment = mean(mul(square(deviation), deviation), [1, 2]);
      const scale = add(mean(square(maps), [1, 2]), evenVariance);
      const isUneven = greater(variance, mul(scale, evenVariance));
      const divisor = where(isUneven, pow(variance, 1.5), onesLike(variance));
      const skewness = where(isUneven, div(abs(thirdMoment), divisor), zerosLike(variance));
      return sum(skewness, 0) as Tensor1D;
    });
    const values = await ofBatch.data();
    ofBatch.dispose();
    values.forEach((value, channel) => {
      totals[channel]! += value;
    });
    context.report(start + batch.length, indices.length, 'images');
  }
  return Array.from(totals, (total) => total / indices.length);
}
