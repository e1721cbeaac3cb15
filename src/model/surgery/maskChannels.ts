import { mul, reshape, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import type { ModelId } from '../../foundation/ids';
import { type ChannelFlow, channelFlow } from '../channelFlow';
import type { LabModel } from '../labModel';
import { readNetworkConfig, rebuildNetwork } from '../network/networkConfig';
import { checkChannels } from './checkChannels';

/**
 * `structural`: kernel, bias and every later offset of the channel (BatchNorm's gamma and beta, a depthwise bias) are
 * zero, so that nothing of it reaches the layers that read it: the twin of removal. `authors-code`: only the kernel is
 * zero, as in the published code; bias and BatchNorm still send a constant.
 */
export type MaskMode = 'structural' | 'authors-code';

/**
 * Silences channels without removing them: a new model of the same shape.
 *
 * @param channels positions in the layer as it is now
 * @param newId id of the new model; by default that of the old one, for a model that is only looked at
 * @throws LabError `layer-not-found`, `layer-not-prunable`, `channel-out-of-range`
 */
export function maskChannels(
  model: LabModel,
  layer: string,
  channels: readonly number[],
  mode: MaskMode,
  newId: ModelId = model.id,
): LabModel {
  const flow = channelFlow(model.network, layer);
  const silent = new Set(checkChannels(layer, channels, flow.channels));
  const masked = maskedSlices(flow, mode);
  const network = rebuildNetwork(model.network, readNetworkConfig(model.network), (name, weight, value) =>
    masked
      .filter((slices) => slices.layer === name && slices.weight === weight)
      .reduce((kept, { owners, axis }) => zeroSlices(kept, axis, (position) => silent.has(owners[position]!)), value),
  );
  return { ...model, id: newId, network };
}

function maskedSlices({ layer, kernel, slices }: ChannelFlow, mode: MaskMode) {
  return mode === 'structural'
    ? slices.filter(({ silenced }) => silenced)
    : slices.filter((slice) => slice.layer === layer && slice.weight === kernel);
}

function zeroSlices(value: Tensor, axis: number, isZero: (position: number) => boolean): Tensor {
  const length = value.shape[axis]!;
  const factors = tensor1d(Float32Array.from({ length }, (_, position) => (isZero(position) ? 0 : 1)));
  const shape = value.shape.map((side, index) => (index === axis ? side : 1));
  return mul(value, reshape(factors, shape));
}
