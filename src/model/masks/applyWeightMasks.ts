import { tensor, where, zerosLike } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import type { LabModel } from '../labModel';
import { type LayerWeight, layerWeights } from '../network/layerWeights';
import { readNetworkConfig, rebuildNetwork } from '../network/networkConfig';
import { bytesFor, countZeros, isHeldAtZero, makeWeightMask, type WeightMask } from './weightMask';

/**
 * Sets single weights of a model to zero, once, and holds them there from then on: training, surgery and storing keep them.
 * What the model holds at zero already stays held: masks add up.
 *
 * @param masks in the shapes of the model's weights
 * @returns a new model with weights of its own; the old one is untouched, and still to be disposed by its owner
 * @throws LabError `model-mismatch` when a mask belongs to no weight of the model, has another shape, or is of BatchNorm's
 *   averages, which training does not move by gradients
 */
export function applyWeightMasks(model: LabModel, masks: readonly WeightMask[], newId: ModelId): LabModel {
  for (const mask of masks) {
    const misfit = misfitOf(model.network, mask);
    if (misfit) throw misfitting(model.name, misfit, mask);
  }
  const { weightMasks: before = [], ...rest } = model;
  const weightMasks = mergeWeightMasks(model.network, [...before, ...masks]);
  const network = rebuildNetwork(model.network, readNetworkConfig(model.network), (layer, weight, value) => {
    const mask = weightMasks.find((own) => own.layer === layer && own.weight === weight);
    if (!mask) return value;
    const isZero = Uint8Array.from({ length: value.size }, (_, position) => Number(isHeldAtZero(mask, position)));
    return where(tensor(isZero, value.shape, 'bool'), zerosLike(value), value);
  });
  return { ...rest, id: newId, network, ...(weightMasks.length > 0 && { weightMasks }) };
}

/** Why a mask cannot hold weights of a network at zero, in words; null when it can. */
export function misfitOf(network: LayersModel, mask: WeightMask): string | null {
  const name = `"${mask.layer}/${mask.weight}"`;
  const weight = findWeight(network, mask);
  if (!weight) return `there is a mask of ${name}, but the network has no such weight`;
  if (weight.shape.join() !== mask.shape.join() || mask.zeros.length !== bytesFor(weight.shape)) {
    return `the mask of ${name} has the shape [${mask.shape.join(', ')}], but the weight [${weight.shape.join(', ')}]`;
  }
  if (weight.name.startsWith('moving_')) return `${name} is an average of BatchNorm, which no mask can hold`;
  return null;
}

export function findWeight(network: LayersModel, { layer, weight }: WeightMask): LayerWeight | undefined {
  const owner = network.layers.find(({ name }) => name === layer);
  return owner && layerWeights(owner).find(({ name }) => name === weight);
}

/** One mask per weight, in the order of the network, without those that hold nothing. */
export function mergeWeightMasks(network: LayersModel, masks: readonly WeightMask[]): WeightMask[] {
  return network.layers
    .flatMap((layer) =>
      layerWeights(layer).flatMap(({ name, shape }) => {
        const own = masks.filter((mask) => mask.layer === layer.name && mask.weight === name);
        if (own.length < 2) return own;
        return makeWeightMask({ layer: layer.name, weight: name, shape }, (position) =>
          own.some((mask) => isHeldAtZero(mask, position)),
        );
      }),
    )
    .filter((mask) => countZeros(mask) > 0);
}

function misfitting(model: string, misfit: string, { layer, weight }: WeightMask): LabError {
  return new LabError({
    code: 'model-mismatch',
    message: `The masks are not of the model "${model}": ${misfit}.`,
    hint: 'Make the masks from this model, as it is now.',
    details: { layer, weight },
  });
}
