import { LabError } from '../../foundation/labError';
import { channelFlow } from '../channelFlow';
import type { LabModel, PruningPlan, WeightEdit } from '../labModel';
import type { ChannelSlices } from '../network/channelRules';
import { findLayer } from '../network/findLayer';
import { networkCost } from '../network/layerCost';
import { layerWeights } from '../network/layerWeights';
import { checkChannels } from './checkChannels';

/**
 * Says what removing channels from a layer would change, weight by weight, and what it would save. Changes nothing.
 *
 * @param remove channels to remove, positions in the layer as it is now; any order
 * @throws LabError `layer-not-found`, `layer-not-prunable`, `channel-out-of-range`; `last-channel` when none would stay
 */
export function planPruning(model: LabModel, layer: string, remove: readonly number[]): PruningPlan {
  const flow = channelFlow(model.network, layer);
  const removed = checkChannels(layer, remove, flow.channels);
  const gone = new Set(removed);
  const keep = range(flow.channels).filter((channel) => !gone.has(channel));
  if (keep.length === 0) {
    throw new LabError({
      code: 'last-channel',
      message: `Removing all ${flow.channels} channels of "${layer}" would leave the layer empty.`,
      hint: 'Keep at least one channel: lower the pruning ratio or run fewer rounds.',
      details: { layer, channels: flow.channels },
    });
  }

  const edits = flow.slices.map((slices) => planEdit(model, slices, gone));
  const before = networkCost(model.network);
  const after = networkCost(model.network, (name, weight, shape) =>
    edits.filter((edit) => edit.layer === name && edit.weight === weight).reduce((_, edit) => edit.shapeAfter, shape),
  );
  return {
    layer,
    remove: removed,
    keep,
    edits,
    parametersBefore: before.parameters,
    parametersAfter: after.parameters,
    macsBefore: before.macs,
    macsAfter: after.macs,
  };
}

function planEdit(model: LabModel, { layer, weight, axis, owners }: ChannelSlices, gone: Set<number>): WeightEdit {
  const { shape } = layerWeights(findLayer(model.network, layer)).find(({ name }) => name === weight)!;
  const keep = range(owners.length).filter((position) => !gone.has(owners[position]!));
  return { layer, weight, axis, keep, shapeBefore: shape, shapeAfter: shape.with(axis, keep.length) };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
