import type { NamedTensorMap, Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { TrainingPass } from '../model/forwardTraining';
import type { OptimizerSettings } from './trainSettings';

/** What a training loss sees of one batch of n images: what the network gave, and what is known of the images. */
export interface LossInput extends TrainingPass {
  /** True class, int32 [n]. */
  labels: Tensor1D;
  /** Group, int32 [n]. */
  groups: Tensor1D;
  classCount: number;
  groupCount: number;
  /** ε of `TrainSettings.labelSmoothing`. */
  labelSmoothing: number;
  /** The companions of the plan by their names, in training mode. Gradients pass through them. */
  companions: Readonly<Record<string, (values: Tensor) => Tensor2D>>;
  /** What the frozen teacher gives for the same images, in inference mode; null where the plan has none. */
  teacher: Pick<TrainingPass, 'logits' | 'features'> | null;
}

/** The loss of a batch, a scalar to minimise. */
export type TrainingLoss = (input: LossInput) => Scalar;

/** Stands for the model among what an objective trains; companions stand there by their own names. */
export const theModel = 'model';

/** What is minimised in a step, and by whose weights: `theModel`, companions. All other weights stay. */
export interface Objective {
  trains: readonly string[];
  loss: TrainingLoss;
}

/** Sizes that a companion is built for. */
export interface CompanionSizes {
  /** Width of what the network's head reads. */
  features: number;
  classCount: number;
  groupCount: number;
}

/** A further network that is trained beside the model and dropped with the training: an adversary, a domain head. */
export interface CompanionSpec {
  name: string;
  /** @param seed decides its first weights */
  build(sizes: CompanionSizes, seed: number): LayersModel;
  /** Null: as the model's. The schedule is the model's. */
  optimizer: OptimizerSettings | null;
}

/** How a method trains. Everything but the objectives can be left out. */
export interface TrainingPlan {
  /**
   * What is minimised in each step of a phase. All gradients are taken before any weight moves. The first objective's loss is
   * the one that is shown.
   */
  objectives(phase: string | null): readonly Objective[];
  /** Phase of an epoch 1, 2, 3, …; kept in its record. */
  phaseOf?(epoch: number): string;
  companions?: readonly CompanionSpec[];
  /** Makes one gradient per weight of those of several objectives that train the same weights; in the order of the objectives. */
  combine?(gradients: readonly NamedTensorMap[]): NamedTensorMap;
  /** Whether the losses compare with a frozen teacher. */
  needsTeacher?: boolean;
}

/** The plan of a method that differs by its loss alone. */
export function planOfLoss(loss: TrainingLoss): TrainingPlan {
  const objectives: readonly Objective[] = [{ trains: [theModel], loss }];
  return { objectives: () => objectives };
}
