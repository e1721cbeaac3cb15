import type { AugmentationSettings } from '../dataset/batches/augmentation/augmentation';
import { labAugmentation } from '../dataset/batches/augmentation/augmentationPresets';

/** The optimisers, with PyTorch's meaning of each number. */
export type OptimizerSettings =
  | {
      name: 'sgd';
      learningRate: number;
      momentum: number;
      nesterov: boolean;
      weightDecay: number;
      /** Shrinks the weights themselves instead of adding to the gradient. Left out: no. */
      decoupled?: boolean;
    }
  /** `adam` adds the weight decay to the gradient, `adamw` shrinks the weights themselves. */
  | { name: 'adam' | 'adamw'; learningRate: number; weightDecay: number };

export interface TrainSettings {
  epochs: number;
  batchSize: number;
  optimizer: OptimizerSettings;
  /** `step`: learning rate × gamma every `stepEpochs` epochs. `cosine`: half a cosine down to `minLearningRate`. */
  schedule:
    | { kind: 'step'; stepEpochs: number; gamma: number }
    | { kind: 'cosine'; minLearningRate: number }
    | { kind: 'constant' };
  /** Epochs over which the learning rate rises linearly to the schedule's, batch by batch. 0 = none. */
  warmUpEpochs: number;
  /**
   * `plain`: a new permutation every epoch. With replacement: `class-balanced`, every class equally likely;
   * `group-balanced`, every combination of class and group equally likely.
   */
  sampler: 'class-balanced' | 'group-balanced' | 'plain';
  augmentation: AugmentationSettings;
  /** ε: the target is 1 - ε for the label and ε / classes for every class. 0 = none. */
  labelSmoothing: number;
  /** Share of what the network's head reads that is dropped at random in training. 0 = none. */
  dropout: number;
  /** Largest Euclidean norm of all gradients together; longer ones are shortened to it. null = no limit. */
  gradientClipping: number | null;
  /** Ends training when the validation loss has not fallen by `minDelta` for so many epochs, and keeps the best epoch. */
  earlyStopping: { patienceEpochs: number; minDelta: number } | null;
}

/**
 * The authors' optimiser (SGD, Nesterov momentum 0.9, weight decay 1e-5), in few and small steps: they fine-tune 200
 * epochs in batches of 256 at rate 0.01. On the demo's baseline, which has no BatchNorm, one epoch in batches of 32 was
 * tried at 0.01, 0.003, 0.00125, 0.001, 0.0005 and 0.0002: down to 0.00125 fine-tuning alone lost up to 0.3 of Avg F1,
 * at 0.0002 it kept the validation accuracy within its noise.
 */
export const defaultFineTune: TrainSettings = {
  epochs: 1,
  batchSize: 32,
  optimizer: { name: 'sgd', learningRate: 2e-4, momentum: 0.9, nesterov: true, weightDecay: 1e-5 },
  schedule: { kind: 'step', stepEpochs: 100, gamma: 0.1 },
  warmUpEpochs: 0,
  sampler: 'class-balanced',
  augmentation: labAugmentation.settings,
  labelSmoothing: 0,
  dropout: 0,
  gradientClipping: null,
  earlyStopping: null,
};

export const defaultTraining: TrainSettings = {
  ...defaultFineTune,
  epochs: 24,
  optimizer: { name: 'adam', learningRate: 2e-3, weightDecay: 1e-5 },
  schedule: { kind: 'step', stepEpochs: 9, gamma: 0.3 },
};

export interface EpochRecord {
  epoch: number;
  /** Of the epoch's last batch. */
  learningRate: number;
  trainLoss: number;
  validationLoss: number;
  validationAccuracy: number;
  /** What went wrong without stopping the training; see `findTrainingWarning`. Absent in older records. */
  warning?: TrainingWarning | null;
  /** Which phase of the method the epoch was in; absent where it has none. The training loss is that phase's. */
  phase?: string;
}

/** `one-class`: every validation image gets the same class. `loss-rose`: the validation loss is far above its lowest. */
export type TrainingWarning = 'one-class' | 'loss-rose';
