import type { Tensor4D } from '@tensorflow/tfjs-core';
import { readBatchesAhead } from '../dataset/batches/readBatchesAhead';
import type { Dataset } from '../dataset/stored/dataset';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { type ModelInput, readMaps } from '../model/runModel';
import { type LayerTap, tapLayer } from '../model/tapLayer';
import { composeScoreBatches } from './composeScoreBatches';
import { type ScoreBatch, scoreBatches } from './scoreBatches';
import type { ChannelScores, SnnlOptions } from './snnlOptions';

export interface ScoreRequest {
  model: LabModel;
  dataset: Dataset;
  /** Samples to score on, positions in the dataset in file order: the training split. */
  indices: ArrayLike<number>;
  /** A convolution, seen before its activation. */
  layer: string;
  options: SnnlOptions;
  /** Decides the batches when they are stratified. */
  seed: number;
}

/**
 * SNNL-Fair of every channel of a layer: S_k = mean over batches of l_k (formula and meaning at `snnlReference`), with
 * the model in inference mode and images without augmentation. Low = the channel tells the groups apart.
 *
 * The same request gives the same scores: on WASM to the bit.
 *
 * @throws LabError `layer-not-found`, `shape-mismatch`, `cancelled`; `no-score` when no batch gives a score
 */
export async function scoreChannels(request: ScoreRequest, context: JobContext): Promise<ChannelScores> {
  const { model, layer, options } = request;
  const scores = await scoreBatches(mapsOf(request, context), options);
  const originalChannels = model.originalChannels[layer] ?? scores.scores.map((_, channel) => channel);
  return { layer, ...scores, originalChannels, options };
}

/** The layer's maps, batch by batch; lets others in before each, and reports after it has been scored. */
async function* mapsOf(request: ScoreRequest, context: JobContext): AsyncGenerator<ScoreBatch> {
  const { model, dataset, indices, options, seed } = request;
  const { groups } = dataset.manifest.samples;
  const ofIndices = Array.from(indices, (index) => groups[index]!);
  const batches = composeScoreBatches(indices, ofIndices, options, seed);
  const total = batches.reduce((sum, batch) => sum + batch.length, 0);
  const tap = tapLayer(model, request.layer);
  let done = 0;
  let next = 0;
  await context.breathe();
  for await (const images of readBatchesAhead(dataset, batches, model.preprocessing)) {
    const batch = batches[next++]!;
    const input = { images, groups: batch.map((index) => groups[index]!) };
    yield { maps: mapsAt(model, tap, input), groups: input.groups };
    done += batch.length;
    context.report(done, total, 'images');
    if (next < batches.length) await context.breathe();
  }
}

/** The maps of a batch, whose images are freed. */
function mapsAt(model: LabModel, tap: LayerTap, input: ModelInput): Tensor4D {
  try {
    return readMaps(model, input, tap);
  } finally {
    input.images.dispose();
  }
}
