import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { type LayerGraph, layerGraph } from './layerGraph';
import { channelMaker } from './pruningObstacle';
import { isSelection } from './selection';

/** The end of a network: the last layer that makes channels, and what makes logits of them. */
export interface Head {
  /** The last convolution or dense layer. */
  layer: layers.Layer;
  /** The layers behind it up to the logits, in order; null when one of them reads other layers too, or the head stands at several places. */
  tail: layers.Layer[] | null;
}

/**
 * The head of a network: its last dense layer, or its last convolution where pooling makes the logits (Network in Network,
 * SqueezeNet). Null when there is none.
 */
export function findHead(network: LayersModel): Head | null {
  const graph = layerGraph(network);
  const layer = network.layers.findLast((each) => channelMaker(each) && !isSelection(each));
  return layer ? { layer, tail: chainBehind(layer, network, graph) } : null;
}

/** The layers from behind one to the output of the network, when each reads the one before alone. */
function chainBehind(start: layers.Layer, network: LayersModel, graph: LayerGraph): layers.Layer[] | null {
  const chain: layers.Layer[] = [];
  let layer = network.outputs[0]!.sourceLayer;
  while (layer !== start) {
    const [source, ...others] = graph.sourcesOf(layer);
    if (!source || others.length > 0) return null;
    chain.unshift(layer);
    layer = source;
  }
  return graph.isShared(start) ? null : chain;
}
