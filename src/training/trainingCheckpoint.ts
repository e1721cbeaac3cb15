import type { OptimizerState } from './optimizers/optimizer';
import type { EpochRecord, TrainSettings } from './trainSettings';

/** Where a companion stands after an epoch, as plain data. */
export interface CompanionState {
  weights: Float32Array[];
  optimizer: OptimizerState;
}

/** The epoch with the lowest validation loss so far. */
export interface BestEpoch {
  epoch: number;
  validationLoss: number;
  /** As `readWeights` gives them. */
  weights: Float32Array[];
}

/**
 * Where a training stands after a finished epoch, as plain data. Random streams are opened anew in every epoch from the
 * seed and the epoch's number, so that with the settings and the seed this is all there is to go on from.
 */
export interface TrainingCheckpoint {
  /** The last finished epoch. */
  epoch: number;
  /** All weights, trainable or not, in the network's order. */
  weights: Float32Array[];
  optimizer: OptimizerState;
  /** Where the method's companions stand, by name; absent where it has none. */
  companions?: Record<string, CompanionState>;
  /** Null when no epoch was finished. */
  best: BestEpoch | null;
  history: EpochRecord[];
  /** Present when the user has ended the training: the weights are those that the model was left with. */
  ended?: { endedBy: 'finish-now'; keptEpoch: number | null };
}

/** Whether a training with these settings has nothing left to do but to keep its model. */
export function isTrainingOver(settings: TrainSettings, { epoch, best, ended }: TrainingCheckpoint): boolean {
  return ended !== undefined || epoch >= settings.epochs || (best !== null && isPatienceOver(settings, epoch, best));
}

/** Whether early stopping ends a training after an epoch. */
export function isPatienceOver({ earlyStopping }: TrainSettings, epoch: number, best: BestEpoch): boolean {
  return earlyStopping !== null && epoch - best.epoch >= earlyStopping.patienceEpochs;
}
