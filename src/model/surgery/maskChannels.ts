import type { layers } from '@tensorflow/tfjs-layers';
import type { ModelId } from '../../foundation/ids';
import { isRemoving, type LabModel, type PruningPlan } from '../labModel';
import { readNetworkConfig, rebuildNetwork } from '../network/networkConfig';
import type { Removal } from '../network/traceRemoval';
import { keepOnly } from './applyPruning';
import { touchedSlices } from './planEdits';
import { removalOf } from './planPruning';

/**
 * The silent twin of a removal: a model of the same shape in which the channels that a plan would remove are zero where
 * they are made (kernel, bias, BatchNorm's gamma and beta) and, where they meet others in an addition, are not read
 * behind it. Its outputs equal those of the pruned model.
 *
 * @param plan of a mode that removes
 * @param newId id of the new model; by default that of the old one, for a model that is only looked at
 * @throws LabError as `planPruning`
 * @throws RangeError when the plan removes nothing: its mode is a mask already
 */
export function maskChannels(model: LabModel, plan: PruningPlan, newId: ModelId = model.id): LabModel {
  if (!isRemoving(plan.mode)) throw new RangeError(`The mode ${plan.mode} removes no channels.`);
  const removal = removalOf(model, plan.targets, plan.mode);
  const behindJoins = layersBehindJoins(model, removal);
  const masked = touchedSlices(model.network, removal).filter(
    ({ silences, side, layer }) => silences || (side === 'input' && behindJoins.has(layer)),
  );
  const network = rebuildNetwork(model.network, readNetworkConfig(model.network), (name, weight, value) =>
    masked
      .filter((slices) => slices.layer.name === name && slices.weight === weight)
      .reduce((kept, { axis, channels, gone }) => {
        const keep = [...channels.keys()].filter((position) => !gone.has(channels[position]!));
        return keepOnly(kept, keep, axis);
      }, value),
  );
  return { ...model, id: newId, network };
}

/** Layers that channels reach only after they have met others. */
function layersBehindJoins({ network }: LabModel, { gone, graph, linksOf }: Removal): Set<layers.Layer> {
  const behind = new Set<layers.Layer>();
  for (const layer of network.layers) {
    const isBehind = graph
      .sourcesOf(layer)
      .some((source) => gone.has(source) && (behind.has(source) || (linksOf(source).links?.length ?? 0) > 1));
    if (isBehind) behind.add(layer);
  }
  return behind;
}
