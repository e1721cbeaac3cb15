import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { LabError } from '../foundation/labError';
import { activationObstacle, type ChannelSlices, stepThrough } from './network/channelRules';
import { findLayer } from './network/findLayer';
import { layerChain } from './network/layerChain';
import { isChannelsFirst, outputShapeOf } from './network/layerOptions';
import { layerWeights } from './network/layerWeights';

/** Where the output channels of a layer live in the network's weights. */
export interface ChannelFlow {
  layer: string;
  /** Output channels of the layer now. */
  channels: number;
  /** Name of the weight that makes the channels. */
  kernel: string;
  /** Every weight with slices that belong to single channels, in the order of the data. */
  slices: ChannelSlices[];
}

/** Kinds of layers whose channels can be removed, and the weight that makes them (outputs on axis 3). */
const prunableKernels: Record<string, string> = { Conv2D: 'kernel', SeparableConv2D: 'pointwise_kernel' };

/**
 * Follows the output channels of a layer through the network up to the layers that read them, and says which slices
 * of which weights belong to which channel.
 *
 * @param layerName a convolution of the network
 * @throws LabError `layer-not-found`; `layer-not-prunable` with the reason in `details.reason`
 */
export function channelFlow(network: LayersModel, layerName: string): ChannelFlow {
  const traced = traceChannels(network, findLayer(network, layerName));
  if (typeof traced !== 'string') return traced;
  throw new LabError({
    code: 'layer-not-prunable',
    message: `Channels of the layer "${layerName}" cannot be removed: ${traced}.`,
    hint: 'Choose another convolution. The model step lists which layers can be pruned, and why others cannot.',
    details: { layer: layerName, reason: traced },
  });
}

/** Why channels of a layer cannot be removed; null when they can. */
export function pruningObstacle(network: LayersModel, layer: layers.Layer): string | null {
  const traced = traceChannels(network, layer);
  return typeof traced === 'string' ? traced : null;
}

function traceChannels(network: LayersModel, layer: layers.Layer): ChannelFlow | string {
  const kernel = prunableKernels[layer.getClassName()];
  if (!kernel) return `it is no convolution (${layer.getClassName()})`;
  if (isChannelsFirst(layer)) return 'it keeps its channels first, where the lab expects them last';
  const obstacle = activationObstacle(layer);
  if (obstacle) return obstacle;
  const chain = layerChain(network);
  if ('reason' in chain) return chain.reason;

  const channels = outputShapeOf(layer).at(-1)!;
  let owners = Int32Array.from({ length: channels }, (_, channel) => channel);
  const slices: ChannelSlices[] = layerWeights(layer)
    .filter(({ name }) => name === kernel || name === 'bias')
    .map(({ name, shape }) => ({ layer: layer.name, weight: name, axis: shape.length - 1, owners, silenced: true }));

  for (const next of chain.layers.slice(chain.layers.indexOf(layer) + 1)) {
    const step = stepThrough(next, owners);
    if (step.kind === 'refused') return step.reason;
    slices.push(...step.slices);
    if (step.kind === 'ends') return { layer: layer.name, channels, kernel, slices };
    owners = Int32Array.from(step.owners);
  }
  return 'its channels are the outputs of the network';
}
