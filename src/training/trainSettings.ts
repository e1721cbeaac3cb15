import type { AugmentationSettings } from '../dataset/augmentation';

/** The optimisers, with PyTorch's meaning of each number. */
export type OptimizerSettings =
  | { name: 'sgd'; learningRate: number; momentum: number; nesterov: boolean; weightDecay: number }
  | { name: 'adam'; learningRate: number; weightDecay: number };

export interface TrainSettings {
  epochs: number;
  batchSize: number;
  optimizer: OptimizerSettings;
  /** StepLR: learning rate × gamma every `stepEpochs` epochs. */
  schedule: { kind: 'step'; stepEpochs: number; gamma: number } | { kind: 'constant' };
  /** `class-balanced`: with replacement, every class equally likely. `plain`: a new permutation every epoch. */
  sampler: 'class-balanced' | 'plain';
  augmentation: AugmentationSettings;
}

/**
 * The authors' optimiser, in few and small steps. They fine-tune 200 epochs in batches of 256 at rate 0.01; batches of
 * `batchSize` get the rate that moves as far per image (linear scaling, Goyal et al. 2017, arXiv 1706.02677). At 0.01
 * itself, one epoch in batches of 32 throws a trained net without BatchNorm back to chance.
 */
export const defaultFineTune: TrainSettings = {
  epochs: 1,
  batchSize: 32,
  optimizer: { name: 'sgd', learningRate: (0.01 * 32) / 256, momentum: 0.9, nesterov: true, weightDecay: 1e-5 },
  schedule: { kind: 'step', stepEpochs: 100, gamma: 0.1 },
  sampler: 'class-balanced',
  augmentation: { horizontalFlip: true, verticalFlip: true, quarterTurns: true, brightness: 32 / 255, saturation: 0.5 },
};

export const defaultTraining: TrainSettings = {
  ...defaultFineTune,
  epochs: 24,
  optimizer: { name: 'adam', learningRate: 2e-3, weightDecay: 1e-5 },
  schedule: { kind: 'step', stepEpochs: 9, gamma: 0.3 },
};

export interface EpochRecord {
  epoch: number;
  learningRate: number;
  trainLoss: number;
  validationLoss: number;
  validationAccuracy: number;
}
