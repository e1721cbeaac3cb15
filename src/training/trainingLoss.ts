import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

/** What a training loss sees of one batch of n images. */
export interface LossInput {
  /** Output of the network, [n, outputs]. */
  logits: Tensor2D;
  /** What the network's head reads, [n, features]: see `forwardTraining`. */
  features: Tensor2D;
  /** True class, int32 [n]. */
  labels: Tensor1D;
  /** Group, int32 [n]. */
  groups: Tensor1D;
  classCount: number;
  /** ε of `TrainSettings.labelSmoothing`. */
  labelSmoothing: number;
}

/** The loss of a batch, a scalar to minimise. */
export type TrainingLoss = (input: LossInput) => Scalar;
