import { randomNormal, type Tensor4D } from '@tensorflow/tfjs-core';
import { snnlBatch } from '../../snnl/snnlBatch';
import { snnlPresets } from '../../snnl/snnlOptions';
import type { Work } from '../benchCase';
import type { PreparedWork } from './preparedWork';
import { publishedLoop } from './publishedLoop';

/** The score of every channel on seeded maps of two groups that alternate; one number per channel is read. */
export function prepareSnnl(work: Extract<Work, { kind: 'snnl' }>): PreparedWork {
  const options = snnlPresets[work.preset];
  const maps: Tensor4D = randomNormal(work.maps, 0, 1, 'float32', 1);
  // Sorted by group, as the lab composes its batches.
  const groups = Int32Array.from({ length: work.maps[0] }, (_, image) => (2 * image < work.maps[0] ? 0 : 1));
  return {
    async run() {
      for (let batch = 0; batch < work.batches; batch++) {
        if (work.method === 'fused') await snnlBatch(maps, groups, options);
        else await publishedLoop(maps, groups);
      }
    },
    dispose: () => maps.dispose(),
  };
}
