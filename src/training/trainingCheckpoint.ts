import { tensor, type Variable } from '@tensorflow/tfjs-core';
import { LabError } from '../foundation/labError';
import type { LabModel } from '../model/labModel';
import { heldZeros } from '../model/masks/heldZeros';
import type { OptimizerState } from './optimizers/optimizer';
import type { EpochRecord, TrainSettings } from './trainSettings';

/** The epoch with the lowest validation loss so far. */
export interface BestEpoch {
  epoch: number;
  validationLoss: number;
  /** As {@link readWeights} gives them. */
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

/** The values of all weights of a model, BatchNorm's averages included, in the network's order. */
export function readWeights(model: LabModel): Promise<Float32Array[]> {
  return Promise.all(model.network.weights.map(async (weight) => (await weight.read().data<'float32'>()).slice()));
}

/**
 * Sets all weights of a model to what `readWeights` gave.
 * @throws LabError `model-mismatch` when the values are of another network, or not zero where the model holds zeros
 */
export function writeWeights(model: LabModel, values: readonly Float32Array[]): void {
  const variables = model.network.weights.map((weight) => weight.read() as Variable);
  const fits = variables.length === values.length && variables.every(({ size }, i) => size === values[i]!.length);
  if (!fits) {
    throw new LabError({
      code: 'model-mismatch',
      stage: 'going on with a training',
      message: `The checkpoint is not of this network: it holds ${values.length} weights, the network ${variables.length}, or their sizes differ.`,
      hint: 'Discard the checkpoint and start the training again.',
      details: { checkpointWeights: values.length, networkWeights: variables.length },
    });
  }
  requireHeldZeros(model, variables, values);
  for (const [index, variable] of variables.entries()) {
    const next = tensor(values[index]!, variable.shape);
    variable.assign(next);
    next.dispose();
  }
}

/** Refuses what would fill weights that masks hold at zero. */
function requireHeldZeros(model: LabModel, variables: readonly Variable[], values: readonly Float32Array[]): void {
  for (const { fileName, value, held } of heldZeros(model)) {
    const own = values[variables.indexOf(value as Variable)]!;
    if (!held.some((isHeld, position) => isHeld === 1 && own[position] !== 0)) continue;
    throw new LabError({
      code: 'model-mismatch',
      stage: 'going on with a training',
      message: `The checkpoint is not of this model: weights of "${fileName}" that the model holds at zero are not zero in it.`,
      hint: 'Discard the checkpoint and start the training again.',
      details: { weight: fileName },
    });
  }
}
