import type { LayersModel, layers } from '@tensorflow/tfjs-layers';

/** The layers of a network in the order the data take, or why they are no single chain. */
export type LayerChain = { layers: layers.Layer[] } | { reason: string };

/** Reads a network whose layers follow one another without a branch. */
export function layerChain(network: LayersModel): LayerChain {
  for (const [index, layer] of network.layers.entries()) {
    const [node, another] = layer.inboundNodes;
    if (another) return { reason: `the layer "${layer.name}" is used more than once` };
    const sources = node?.inboundLayers ?? [];
    if (sources.length > 1) return { reason: `the network branches: several layers meet in "${layer.name}"` };
    if (index > 0 && sources[0] !== network.layers[index - 1]) {
      return { reason: `the network branches before "${layer.name}"` };
    }
  }
  return { layers: network.layers };
}
