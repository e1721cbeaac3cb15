import { cast, losses, oneHot, type Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod/mini';
import type { LossInput } from '../../training/trainingPlan';
import type { Method } from '../method';

/** Softmax cross-entropy, mean over the batch, with the label smoothing of the training settings. */
export function crossEntropyLoss({
  logits,
  labels,
  classCount,
  labelSmoothing,
}: Pick<LossInput, 'logits' | 'labels' | 'classCount' | 'labelSmoothing'>): Scalar {
  const targets = oneHot(labels, classCount);
  if (labelSmoothing === 0) return losses.softmaxCrossEntropy(targets, logits) as Scalar;
  return losses.softmaxCrossEntropy(cast(targets, 'float32'), logits, undefined, labelSmoothing) as Scalar;
}

const settings = z.strictObject({});

/** Training as usual: the paper's baseline, and what a pruned network is fine-tuned by. */
export const vanilla: Method<z.infer<typeof settings>> = {
  id: 'vanilla',
  label: 'Cross-entropy',
  meaning: 'Trains as usual, without a thought of groups.',
  formula: 'loss = mean cross-entropy of the class logits',
  source: {
    publication:
      'Kong et al., Achieving Fairness Through Channel Pruning, MICCAI 2024 (arXiv 2405.08681): its baseline.',
    code: 'Kqp1227/Sensitive-Channel-Pruning, commit 04a6104',
    differences: [],
    unknown: ['Which VGG-11 made Table 1: the baseline class of the code has BatchNorm, its wrapper has not.'],
  },
  settings,
  loss: crossEntropyLoss,
};
