import { gather, mul, reshape, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { ModelId } from '../../foundation/ids';
import { isRemoving, type LabModel, type PruningPlan } from '../labModel';
import { findLayer } from '../network/findLayer';
import { readNetworkConfig, rebuildNetwork } from '../network/networkConfig';
import { channelMaker } from '../network/pruningObstacle';
import { checkPlan } from './checkPlan';
import { editConfig } from './editConfig';
import { silencedAfter } from './silencedAfter';
import { weightMasksAfter } from './weightMasksAfter';

/**
 * Carries out a plan: a new model. The old one is untouched and still to be disposed by its owner, so that going back is
 * going on with the old one.
 * After a removal the outputs equal those of the old model with the same channels silenced (`maskChannels`).
 *
 * @param plan made by `planPruning` for this very model
 * @throws LabError `model-mismatch` when the plan belongs to another model
 */
export function applyPruning(model: LabModel, plan: PruningPlan, newId: ModelId): LabModel {
  checkPlan(model, plan);
  const config = readNetworkConfig(model.network);
  editConfig(config, plan);
  const network = rebuildNetwork(model.network, config, (layer, weight, value) =>
    pruneWeight(plan, layer, weight, value),
  );
  for (const { layer, kind, channelsIn, keep } of plan.selections) {
    const shape = kind === 'Conv2D' ? [1, 1, channelsIn, keep.length] : [channelsIn, keep.length];
    tidy(() => network.getLayer(layer).setWeights([selectionKernel(keep, channelsIn, shape)]));
  }
  const { silenced: _slices, weightMasks: _masks, ...rest } = model;
  const silenced = silencedAfter(model, plan);
  const weightMasks = weightMasksAfter(model, plan);
  return {
    ...rest,
    id: newId,
    network,
    originalChannels: originalsAfter(model, plan),
    prunedFrom: { id: model.id, name: model.name },
    ...(silenced.length > 0 && { silenced }),
    ...(weightMasks.length > 0 && { weightMasks }),
  };
}

/**
 * A weight, or anything of its shape such as an optimiser's momentum, as it is after the plan.
 *
 * @returns a new tensor, or the given one when the plan does not touch it
 */
export function pruneWeight({ mode, edits }: PruningPlan, layer: string, weight: string, value: Tensor): Tensor {
  return edits
    .filter((edit) => edit.layer === layer && edit.weight === weight)
    .reduce(
      (kept, { keep, axis }) => (isRemoving(mode) ? gather(kept, keep, axis) : keepOnly(kept, keep, axis)),
      value,
    );
}

/** Zeroes every slice along an axis but those listed. */
export function keepOnly(value: Tensor, keep: readonly number[], axis: number): Tensor {
  const factors = new Float32Array(value.shape[axis]!);
  for (const position of keep) factors[position] = 1;
  const shape = value.shape.map((side, index) => (index === axis ? side : 1));
  return mul(value, reshape(tensor1d(factors), shape));
}

/** Column j has its single 1 in the row that is let through as channel j. */
function selectionKernel(keep: number[], channelsIn: number, shape: number[]): Tensor {
  const kernel = new Float32Array(channelsIn * keep.length);
  for (const [column, row] of keep.entries()) kernel[row * keep.length + column] = 1;
  return reshape(tensor1d(kernel), shape);
}

function originalsAfter(model: LabModel, { mode, layers, edits }: PruningPlan): LabModel['originalChannels'] {
  if (!isRemoving(mode)) return model.originalChannels;
  const entries = layers
    .filter(({ role }) => role === 'target' || role === 'coupled')
    .map(({ layer, channelsBefore }) => {
      const original = model.originalChannels[layer] ?? Array.from({ length: channelsBefore }, (_, channel) => channel);
      const { kernel, axis } = channelMaker(findLayer(model.network, layer))!;
      const { keep } = edits.find((edit) => edit.layer === layer && edit.weight === kernel && edit.axis === axis)!;
      return [layer, keep.map((channel) => original[channel]!)];
    });
  return { ...model.originalChannels, ...Object.fromEntries(entries) };
}
