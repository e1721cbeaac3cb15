import { randomNormal, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Work } from '../benchCase';
import { buildNet } from './buildNet';
import type { PreparedWork } from './preparedWork';

/** One forward pass in inference mode; its logits are read. */
export function prepareForward(work: Extract<Work, { kind: 'train-step' | 'forward' }>): PreparedWork {
  const { network } = buildNet(work.net, work.imageSize);
  const images: Tensor4D = randomNormal([work.batch, work.imageSize, work.imageSize, 3], 0, 1, 'float32', 1);
  return {
    async run() {
      const logits = network.predictOnBatch(images) as Tensor;
      await logits.data();
      logits.dispose();
    },
    dispose() {
      images.dispose();
      network.dispose();
    },
  };
}
