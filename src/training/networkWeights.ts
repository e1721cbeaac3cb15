import { tensor, type Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { LabError } from '../foundation/labError';
import type { LabModel } from '../model/labModel';
import { heldZeros } from '../model/masks/heldZeros';

/** The values of all weights of a model, BatchNorm's averages included, in the network's order. */
export function readWeights(model: LabModel): Promise<Float32Array[]> {
  return readNetworkWeights(model.network);
}

/** As {@link readWeights}, of any network. */
export function readNetworkWeights(network: LayersModel): Promise<Float32Array[]> {
  return Promise.all(network.weights.map(async (weight) => (await weight.read().data<'float32'>()).slice()));
}

/**
 * Sets all weights of a model to what `readWeights` gave.
 * @throws LabError `model-mismatch` when the values are of another network, or not zero where the model holds zeros
 */
export function writeWeights(model: LabModel, values: readonly Float32Array[]): void {
  requireFit(model.network, values);
  requireHeldZeros(model, values);
  writeNetworkWeights(model.network, values);
}

/** As {@link writeWeights}, of any network. */
export function writeNetworkWeights(network: LayersModel, values: readonly Float32Array[]): void {
  requireFit(network, values);
  for (const [index, variable] of variablesOf(network).entries()) {
    const next = tensor(values[index]!, variable.shape);
    variable.assign(next);
    next.dispose();
  }
}

function variablesOf(network: LayersModel): Variable[] {
  return network.weights.map((weight) => weight.read() as Variable);
}

function requireFit(network: LayersModel, values: readonly Float32Array[]): void {
  const variables = variablesOf(network);
  const fits = variables.length === values.length && variables.every(({ size }, i) => size === values[i]!.length);
  if (fits) return;
  throw new LabError({
    code: 'model-mismatch',
    stage: 'going on with a training',
    message: `The checkpoint is not of this network: it holds ${values.length} weights, the network ${variables.length}, or their sizes differ.`,
    hint: 'Discard the checkpoint and start the training again.',
    details: { checkpointWeights: values.length, networkWeights: variables.length },
  });
}

/** Refuses what would fill weights that masks hold at zero. */
function requireHeldZeros(model: LabModel, values: readonly Float32Array[]): void {
  const variables = variablesOf(model.network);
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
