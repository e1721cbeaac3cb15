import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Dataset } from '../stored/dataset';
import { type PixelScaling, readBatch } from './readBatch';

/**
 * Reads batches of images, each while the device still computes on the one before: as soon as the caller waits for
 * something. Where the device is this very thread (WASM) nothing overlaps, and nothing is lost.
 *
 * @param batches positions in `dataset.manifest.samples`, batch by batch
 * @returns float32 [n, S, S, C], batch by batch, as {@link readBatch} gives it; the caller disposes of each
 * @throws LabError `shape-mismatch` when the dataset's images are not of the network's size
 */
export async function* readBatchesAhead(
  dataset: Dataset,
  batches: readonly ArrayLike<number>[],
  scaling: PixelScaling,
): AsyncGenerator<Tensor4D> {
  let ahead: Promise<Tensor4D | Error> | null = null;
  try {
    for (const [index, batch] of batches.entries()) {
      const images: Tensor4D | Error = ahead ? await ahead : readBatch(dataset, batch, scaling);
      ahead = null;
      if (images instanceof Error) throw images;
      const next = batches[index + 1];
      if (next) ahead = inALaterTurn(() => readBatch(dataset, next, scaling));
      yield images;
    }
  } finally {
    const unused = await ahead;
    if (unused && !(unused instanceof Error)) unused.dispose();
  }
}

/** Does work in a later turn of the event loop. A failure is a value, so that one that nobody waits for yet is none. */
function inALaterTurn<T>(work: () => T): Promise<T | Error> {
  return new Promise((resolve) => {
    setTimeout(() => {
      try {
        resolve(work());
      } catch (error) {
        resolve(error instanceof Error ? error : new Error(String(error)));
      }
    }, 0);
  });
}
