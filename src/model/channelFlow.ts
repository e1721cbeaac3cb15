import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { LabError } from '../foundation/labError';
import { activationObstacle, type ChannelSlices, type Owners, stepThrough } from './network/channelRules';
import { findLayer } from './network/findLayer';
import { layerGraph } from './network/layerGraph';
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
  const graph = layerGraph(network);
  if (graph.isShared(layer)) return `it stands at several places of the network, with the same weights`;

  const channels = outputShapeOf(layer).at(-1)!;
  const own = Int32Array.from({ length: channels }, (_, channel) => channel);
  const slices: ChannelSlices[] = layerWeights(layer)
    .filter(({ name }) => name === kernel || name === 'bias')
    .map(({ name, shape }) => ({
      layer: layer.name,
      weight: name,
      axis: shape.length - 1,
      owners: own,
      silenced: true,
    }));
  // Layers that the channels have reached and leave again, with the owners of what leaves them.
  const reached: [layers.Layer, Owners][] = [[layer, own]];
  for (const [present, owners] of reached) {
    if (graph.isOutput(present)) return 'its channels are the outputs of the network';
    for (const next of graph.readersOf(present)) {
      if (graph.isShared(next)) return `its channels enter "${next.name}", which stands at several places`;
      if (graph.sourcesOf(next).length > 1) {
        return `its channels meet those of other layers in "${next.name}" (${next.getClassName()})`;
      }
      const step = stepThrough(next, owners);
      if (step.kind === 'refused') return step.reason;
      slices.push(...step.slices);
      if (step.kind === 'passes') reached.push([next, step.owners]);
    }
  }
  return { layer: layer.name, channels, kernel, slices };
}
