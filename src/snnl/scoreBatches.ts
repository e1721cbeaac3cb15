import type { Tensor4D } from '@tensorflow/tfjs-core';
import { LabError } from '../foundation/labError';
import { snnlBatch } from './snnlBatch';
import type { ChannelScores, SnnlBatchScores, SnnlOptions } from './snnlOptions';

/** One batch of a layer's maps, [b, h, w, C], and the group of each image. The maps pass to whoever scores them. */
export interface ScoreBatch {
  maps: Tensor4D;
  groups: Int32Array;
}

/** What scoring finds, before it is known whose maps they were. */
export type BatchedScores = Omit<ChannelScores, 'layer' | 'originalChannels' | 'options'>;

/**
 * S_k, the mean of l_k over batches, for each channel of a layer.
 *
 * Without the self pair a batch of one group says nothing of the groups (Eq. 1 is 0 whatever the maps): it is left out
 * and counted, like a batch in which no anchor has a partner. With the self pair every batch counts, as in the authors'
 * code. A channel whose value is not a number in some batch gets the mean over the others.
 *
 * @param batches maps and groups; each batch's maps are disposed of when it has been scored
 * @throws LabError `no-score` when no batch gives any channel a score
 */
export async function scoreBatches(batches: AsyncIterable<ScoreBatch>, options: SnnlOptions): Promise<BatchedScores> {
  const used: SnnlBatchScores[] = [];
  let batchesWithoutScore = 0;
  let imagesUsed = 0;
  let [mapHeight, mapWidth] = [0, 0];
  for await (const { maps, groups } of batches) {
    try {
      [, mapHeight, mapWidth] = maps.shape;
      const scores = isSilent(groups, options) ? null : await snnlBatch(maps, groups, options);
      if (scores && scores.validAnchors > 0) {
        used.push(scores);
        imagesUsed += groups.length;
      } else {
        batchesWithoutScore++;
      }
    } finally {
      maps.dispose();
    }
  }
  const summaries = summarize(used.map(({ losses }) => losses));
  if (summaries.every(({ mean }) => Number.isNaN(mean))) throw noScore(used.length, batchesWithoutScore);
  return {
    scores: summaries.map(({ mean }) => mean),
    standardErrors: summaries.map(({ standardError }) => standardError),
    temperatures: summarize(used.map(({ temperatures }) => temperatures)).map(({ mean }) => mean),
    batchesUsed: used.length,
    batchesWithoutScore,
    imagesUsed,
    mapHeight,
    mapWidth,
  };
}

/** Whether Eq. 1 is 0 for this batch whatever the maps are. */
function isSilent(groups: Int32Array, options: SnnlOptions): boolean {
  return !options.selfInNumerator && groups.every((group) => group === groups[0]);
}

/** Mean of each channel over the batches that have a number, and its standard error where there are two or more. */
function summarize(batches: Float32Array[]): { mean: number; standardError: number | null }[] {
  return Array.from(batches[0] ?? [], (_, channel) => {
    const values = batches.map((losses) => losses[channel]!).filter((value) => !Number.isNaN(value));
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, standardError: n < 2 ? null : Math.sqrt(squares / (n - 1) / n) };
  });
}

function noScore(used: number, silent: number): LabError {
  const found =
    used > 0
      ? 'the maps hold no finite numbers'
      : silent > 0
        ? 'every batch holds one group only'
        : 'there is no batch to score';
  return new LabError({
    code: 'no-score',
    stage: 'scoring channels',
    message: `No channel got a score: ${found}.`,
    hint:
      used > 0
        ? 'Train the model again with a lower learning rate.'
        : 'Score with stratified batches, a batch size below the number of training images, and images of both groups.',
    details: { batchesUsed: used, batchesWithoutScore: silent },
  });
}
