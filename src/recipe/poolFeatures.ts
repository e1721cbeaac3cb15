import { mean, tidy } from '@tensorflow/tfjs-core';
import type { Dataset } from '../dataset/dataset';
import { readBatch } from '../dataset/readBatch';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { tapLayer } from '../model/tapLayer';
import { predictionBatchSize } from '../training/predictDataset';

/**
 * A layer's maps averaged over their positions, for each sample: what a linear probe reads. In inference mode, without
 * augmentation; a convolution is seen before its activation.
 *
 * @param indices positions in the dataset, at least one
 * @returns row-major [n, channels]
 * @throws LabError `layer-not-found`, `shape-mismatch`, `cancelled`
 */
export async function poolFeatures(
  target: { model: LabModel; dataset: Dataset; layer: string; indices: ArrayLike<number> },
  context: JobContext,
): Promise<Float32Array> {
  const { model, dataset, layer, indices } = target;
  const tap = tapLayer(model, layer);
  const features = new Float32Array(indices.length * tap.channels);
  for (let start = 0; start < indices.length; start += predictionBatchSize) {
    await context.breathe();
    const batch = Array.prototype.slice.call(indices, start, start + predictionBatchSize) as number[];
    const pooled = tidy(() => mean(tap.predict(readBatch(dataset, batch, model.preprocessing)).maps, [1, 2]));
    features.set(await pooled.data(), start * tap.channels);
    pooled.dispose();
    context.report(start + batch.length, indices.length, 'images');
  }
  return features;
}
