import { mean, tidy } from '@tensorflow/tfjs-core';
import { concatFloats } from '../foundation/concatArrays';
import type { JobContext } from '../foundation/jobContext';
import { type TapRequest, tapDataset } from './tapDataset';

/**
 * A layer's features of each sample: its maps averaged over positions.
 *
 * @returns row-major [n, channels]
 * @throws LabError `layer-not-found`, `shape-mismatch`, `cancelled`
 */
export async function pooledFeatures(request: TapRequest, context: JobContext): Promise<Float32Array> {
  const batches: Float32Array[] = [];
  for await (const maps of tapDataset(request, context)) {
    const pooled = tidy(() => mean(maps, [1, 2]));
    maps.dispose();
    batches.push(await pooled.data<'float32'>());
    pooled.dispose();
  }
  return concatFloats(batches);
}
