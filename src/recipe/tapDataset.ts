import type { Tensor4D } from '@tensorflow/tfjs-core';
import { readBatch } from '../dataset/batches/readBatch';
import type { Dataset } from '../dataset/stored/dataset';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { readMaps } from '../model/runModel';
import { tapLayer } from '../model/tapLayer';
import { predictionBatchSize } from '../training/predictDataset';

/** Samples to look at, and the layer to look at them in. */
export interface TapRequest {
  model: LabModel;
  dataset: Dataset;
  /** Positions in the dataset. */
  indices: ArrayLike<number>;
  layer: string;
}

/**
 * A layer's maps of samples, batch by batch in their order, in inference mode and without augmentation. Lets others in
 * before each batch, and reports after it.
 *
 * @returns batches of maps [n, height, width, channels], which belong to the caller
 * @throws LabError `layer-not-found`, `shape-mismatch`, `cancelled`
 */
export async function* tapDataset(
  { model, dataset, indices, layer }: TapRequest,
  context: JobContext,
): AsyncGenerator<Tensor4D> {
  const tap = tapLayer(model, layer);
  const { groups } = dataset.manifest.samples;
  for (let start = 0; start < indices.length; start += predictionBatchSize) {
    await context.breathe();
    const batch = Array.prototype.slice.call(indices, start, start + predictionBatchSize) as number[];
    const images = readBatch(dataset, batch, model.preprocessing);
    try {
      yield readMaps(model, { images, groups: batch.map((index) => groups[index]!) }, tap);
    } finally {
      images.dispose();
    }
    context.report(start + batch.length, indices.length, 'images');
  }
}
