import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { isGroupInput } from './groupInput';

/** Who reads whose output in a network. The group input is left out: it brings no channels. */
export interface LayerGraph {
  /** The layers that read a layer's output, in the order of the network. */
  readersOf(layer: layers.Layer): layers.Layer[];
  /** The layers whose outputs a layer reads. */
  sourcesOf(layer: layers.Layer): layers.Layer[];
  /** True when a layer stands at several places of the network, with the same weights. */
  isShared(layer: layers.Layer): boolean;
  /** True when a layer's output is an output of the network. */
  isOutput(layer: layers.Layer): boolean;
}

/** Reads the connections of a sequential or functional network. */
export function layerGraph(network: LayersModel): LayerGraph {
  const sourcesOf = (layer: layers.Layer) =>
    layer.inboundNodes.flatMap(({ inboundLayers }) => inboundLayers.filter((source) => !isGroupInput(source)));
  const readers = new Map<layers.Layer, layers.Layer[]>();
  for (const layer of network.layers) {
    for (const source of new Set(sourcesOf(layer))) readers.set(source, [...(readers.get(source) ?? []), layer]);
  }
  const outputs = new Set(network.outputs.map(({ sourceLayer }) => sourceLayer));
  return {
    readersOf: (layer) => readers.get(layer) ?? [],
    sourcesOf,
    isShared: (layer) => layer.inboundNodes.length > 1,
    isOutput: (layer) => outputs.has(layer),
  };
}
