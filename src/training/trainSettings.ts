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

export const defaultFineTune: TrainSettings = {
  epochs: 2,
  batchSize: 64,
  optimizer: { name: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: true, weightDecay: 1e-5 },
  schedule: { kind: 'step', stepEpochs: 100, gamma: 0.1 },
  sampler: 'class-balanced',
  augmentation: { horizontalFlip: true, verticalFlip: true, quarterTurns: true, brightness: 32 / 255, saturation: 0.5 },
};

export const defaultTraining: TrainSettings = {
  ...defaultFineTune,
  epochs: 24,
  batchSize: 32,
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
