import { LayersModel, type layers } from '@tensorflow/tfjs-layers';
import type { LayerConfig, LayerReference, NetworkConfig } from '../network/networkConfig';

/** A network whose layers are all plain, and the layer that each of them was. */
export interface UnfoldedNetwork {
  config: NetworkConfig & { inputLayers: LayerReference[] };
  layerOf: Map<string, layers.Layer>;
}

/** True when a network stands as a layer inside. */
export function hasNetworkInside(network: LayersModel): boolean {
  return network.layers.some((layer) => layer instanceof LayersModel);
}

/**
 * Describes a network with those inside it taken apart, so that channels can be followed through all layers. Names stay,
 * unless two would be the same: then the inner one has its network's name before it.
 *
 * @throws RangeError when a network or layer inside is used at several places
 */
export function unfoldNetworks(network: LayersModel): UnfoldedNetwork {
  const made: LayerConfig[] = [];
  const layerOf = new Map<string, layers.Layer>();
  const taken = new Set<string>();

  const place = (layer: layers.Layer, inputs: string[], inside: string): string => {
    if (layer.inboundNodes.length > 1) throw new RangeError(`"${layer.name}" is used at several places`);
    const name = taken.has(layer.name) ? `${inside}_${layer.name}` : layer.name;
    taken.add(name);
    layerOf.set(name, layer);
    const config = { ...layer.getConfig(), name } as LayerConfig['config'];
    made.push({
      className: layer.getClassName(),
      name,
      config,
      inboundNodes: inputs.length === 0 ? [] : [inputs.map((input): LayerReference => [input, 0, 0, {}])],
    });
    return name;
  };

  /** Places a network's layers; gives the names of those that are its outputs. */
  const visit = (inner: LayersModel, inputs: string[] | null): string[] => {
    const outputOf = new Map<layers.Layer, string[]>();
    const starts = inner.inputLayers;
    for (const [index, start] of starts.entries()) {
      outputOf.set(start, [inputs?.[index] ?? place(start, [], inner.name)]);
    }
    for (const layer of inner.layers) {
      if (outputOf.has(layer)) continue;
      const node = layer.inboundNodes.find(({ inboundLayers }) =>
        inboundLayers.every((source) => outputOf.has(source)),
      )!;
      const read = node.inboundLayers.map((source, i) => outputOf.get(source)![node.tensorIndices[i] ?? 0]!);
      outputOf.set(layer, layer instanceof LayersModel ? visit(layer, read) : [place(layer, read, inner.name)]);
    }
    return inner.outputs.map(
      ({ sourceLayer, outputTensorIndex }) => outputOf.get(sourceLayer)![outputTensorIndex ?? 0]!,
    );
  };

  const outputs = visit(network, null);
  const reference = (name: string): LayerReference => [name, 0, 0];
  const inputLayers = made.filter(({ inboundNodes }) => inboundNodes!.length === 0).map(({ name }) => reference(name!));
  return { config: { name: network.name, layers: made, inputLayers, outputLayers: outputs.map(reference) }, layerOf };
}
