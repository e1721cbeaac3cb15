import type { layers } from '@tensorflow/tfjs-layers';
import { LabError } from '../../foundation/labError';
import {
  isRemoving,
  type LabModel,
  type PrunedLayer,
  type PruningMode,
  type PruningPlan,
  type PruningTargets,
} from '../labModel';
import { findLayer } from '../network/findLayer';
import { networkCost } from '../network/layerCost';
import { pruningObstacle } from '../network/pruningObstacle';
import { type Removal, traceRemoval } from '../network/traceRemoval';
import { checkChannels } from './checkChannels';
import { maskEdits, removalEdits, shapesAfter } from './planEdits';
import { planLayers } from './planLayers';
import { planSelections, selectionCost } from './planSelections';

/**
 * Says what taking channels from layers would change, weight by weight, and what it would save. Changes nothing.
 *
 * @param targets channels to remove per layer, positions in the layer as it is now; any order
 * @param mode what becomes of them; by default they go with everything that they flow into
 * @throws LabError `layer-not-found`, `layer-not-prunable`, `channel-out-of-range`; `last-channel` when a layer would be left
 *   with none
 */
export function planPruning(model: LabModel, targets: PruningTargets, mode: PruningMode = 'tail'): PruningPlan {
  const { network } = model;
  const chosen = Object.entries(targets).map(([name, remove]) => chooseChannels(model, name, remove));
  const removal = removalOf(model, chosen, isRemoving(mode) ? mode : 'tail');
  const selections = isRemoving(mode) ? planSelections(model, removal) : [];
  const edits = isRemoving(mode) ? removalEdits(network, removal) : maskEdits(chosen, removal, network, mode);
  const before = networkCost(network);
  const after = networkCost(network, shapesAfter(edits));
  const added = selections.map((selection) => selectionCost(network, selection));
  return {
    mode,
    targets: chosen,
    layers: planLayers(model, { mode, chosen, removal, selections, edits }),
    selections,
    edits,
    parametersBefore: before.parameters,
    parametersAfter: after.parameters + sum(added.map(({ parameters }) => parameters)),
    macsBefore: before.macs,
    macsAfter: after.macs + sum(added.map(({ macs }) => macs)),
  };
}

/** Finds what goes with the channels, and refuses what would leave a layer empty. @throws LabError */
export function removalOf(model: LabModel, chosen: PrunedLayer[], reach: 'tail' | 'stage'): Removal {
  const { network } = model;
  const traced = traceRemoval(
    network,
    new Map(chosen.map(({ layer, remove }) => [findLayer(network, layer), remove])),
    reach,
  );
  if (typeof traced === 'string') throw notPrunable(chosen.map(({ layer }) => layer).join('", "'), traced);
  for (const [layer, gone] of traced.gone) refuseEmpty(layer, gone.size);
  return traced;
}

function chooseChannels({ network }: LabModel, name: string, remove: readonly number[]): PrunedLayer {
  const layer = findLayer(network, name);
  const obstacle = pruningObstacle(network, layer);
  if (obstacle) throw notPrunable(name, obstacle);
  const channels = channelCount(layer);
  const removed = checkChannels(name, remove, channels);
  const gone = new Set(removed);
  refuseEmpty(layer, gone.size);
  const keep = Array.from({ length: channels }, (_, channel) => channel).filter((channel) => !gone.has(channel));
  return { layer: name, remove: removed, keep };
}

function refuseEmpty(layer: layers.Layer, gone: number): void {
  const channels = channelCount(layer);
  if (gone < channels) return;
  throw new LabError({
    code: 'last-channel',
    message: `Removing all ${channels} channels of "${layer.name}" would leave the layer empty.`,
    hint: 'Keep at least one channel: lower the pruning ratio or run fewer rounds.',
    details: { layer: layer.name, channels },
  });
}

function channelCount(layer: layers.Layer): number {
  return Number([layer.outputShape].flat().at(-1));
}

/** Says that channels of a layer cannot be removed, and why. */
export function notPrunable(layer: string, reason: string): LabError {
  return new LabError({
    code: 'layer-not-prunable',
    message: `Channels of the layer "${layer}" cannot be removed: ${reason}.`,
    hint: 'Choose another layer. The model step lists which layers can be pruned, and why others cannot.',
    details: { layer, reason },
  });
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
