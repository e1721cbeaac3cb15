import { cast, losses, oneHot, type Scalar } from '@tensorflow/tfjs-core';
import type { Method } from './method';

/** Softmax cross-entropy, mean over the batch: training as usual, and the fine-tuning of the recipe. */
export const vanilla: Method = {
  id: 'vanilla',
  label: 'Cross-entropy',
  source: 'The paper’s baseline.',
  needsGroupAtInference: false,
  loss({ logits, labels, classCount, labelSmoothing }) {
    const targets = oneHot(labels, classCount);
    if (labelSmoothing === 0) return losses.softmaxCrossEntropy(targets, logits) as Scalar;
    return losses.softmaxCrossEntropy(cast(targets, 'float32'), logits, undefined, labelSmoothing) as Scalar;
  },
};
