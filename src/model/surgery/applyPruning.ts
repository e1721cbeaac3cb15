import { gather } from '@tensorflow/tfjs-core';
import type { ModelId } from '../../foundation/ids';
import type { LabModel, PruningPlan } from '../labModel';
import { readNetworkConfig, rebuildNetwork } from '../network/networkConfig';
import { checkPlan } from './checkPlan';

/**
 * Removes channels for good: a new, smaller model. The old one is untouched and still to be disposed by its owner.
 * Its outputs equal those of the old model with the same channels silenced (`maskChannels`, mode `structural`).
 *
 * @param plan made by `planPruning` for this very model
 * @throws LabError `model-mismatch` when the plan belongs to another model
 */
export function applyPruning(model: LabModel, plan: PruningPlan, newId: ModelId): LabModel {
  checkPlan(model, plan);
  const config = readNetworkConfig(model.network);
  const pruned = config.layers.find((layer) => layer.config.name === plan.layer)!;
  pruned.config.filters = plan.keep.length;

  const network = rebuildNetwork(model.network, config, (layer, weight, value) =>
    plan.edits
      .filter((edit) => edit.layer === layer && edit.weight === weight)
      .reduce((cut, { keep, axis }) => gather(cut, keep, axis), value),
  );
  const channels = plan.keep.length + plan.remove.length;
  const original = model.originalChannels[plan.layer] ?? Array.from({ length: channels }, (_, channel) => channel);
  return {
    ...model,
    id: newId,
    network,
    originalChannels: { ...model.originalChannels, [plan.layer]: plan.keep.map((channel) => original[channel]!) },
  };
}
