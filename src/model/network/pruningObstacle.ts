import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { isFixed } from './fixedLayer';
import { isChannelsFirst, outputShapeOf } from './layerOptions';
import { isSelection } from './selection';
import { traceRemoval } from './traceRemoval';

/** Kinds of layers whose channels can be removed: the weight that makes them, and the axis of that weight they lie on. */
const channelMakers: Record<string, { kernel: string; axis: number }> = {
  Conv2D: { kernel: 'kernel', axis: 3 },
  Conv2DTranspose: { kernel: 'kernel', axis: 2 },
  SeparableConv2D: { kernel: 'pointwise_kernel', axis: 3 },
  Dense: { kernel: 'kernel', axis: 1 },
};

/** Why a layer that is called several times can be neither scored nor pruned. */
export const sharedLayerObstacle = 'it stands at several places of the network, with the same weights';

/** The weight that makes a layer's channels and the axis that they lie on; undefined when it makes none. */
export function channelMaker(layer: layers.Layer): { kernel: string; axis: number } | undefined {
  return channelMakers[layer.getClassName()];
}

/** Why channels of a layer cannot be removed; null when they can. */
export function pruningObstacle(network: LayersModel, layer: layers.Layer): string | null {
  const kind = layer.getClassName();
  if (kind === 'DepthwiseConv2D') return 'its channels are those of the layer before it: prune that one';
  if (!channelMaker(layer)) return `it makes no channels of its own (${kind})`;
  if (isFixed(layer)) return 'its weights are part of an operation that never changes';
  if (isSelection(layer)) return 'it only lets the channels through that pruning left';
  if (isChannelsFirst(layer)) return 'it keeps its channels first, where the lab expects them last';
  if (layer.inboundNodes.length > 1) return sharedLayerObstacle;
  const all = Array.from({ length: outputShapeOf(layer).at(-1)! }, (_, channel) => channel);
  const traced = traceRemoval(network, new Map([[layer, all]]), 'tail');
  return typeof traced === 'string' ? traced : null;
}
