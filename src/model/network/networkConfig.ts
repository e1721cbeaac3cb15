import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import { LayersModel, type layers, Sequential } from '@tensorflow/tfjs-layers';
// Makes the layer known to tfjs.
import './groupBatchNormalization';
import { layerWeights } from './layerWeights';
import { type LayerReference, orderCalls } from './orderCalls';

/** A network without its weights, as tfjs layers describe it. */
export interface NetworkConfig {
  name: string;
  layers: LayerConfig[];
  /** These two are only in networks that are no plain sequence. */
  inputLayers?: LayerReference[];
  outputLayers?: LayerReference[];
}

export interface LayerConfig {
  className: string;
  config: Record<string, unknown> & { name: string };
  /** The two that follow are only in networks that are no plain sequence. */
  name?: string;
  inboundNodes?: LayerReference[][];
}

/** A network's config as a copy of its own. */
export function readNetworkConfig(network: LayersModel): NetworkConfig {
  const config: NetworkConfig = JSON.parse(JSON.stringify(network.getConfig()));
  for (const [index, layer] of network.layers.entries()) {
    const multiplier = forgottenMultiplier(layer);
    if (multiplier !== null) config.layers[index]!.config.depthMultiplier = multiplier;
  }
  return config;
}

/** tfjs 4.22 leaves the depth multiplier of a separable convolution out of its config. Null for other layers. */
export function forgottenMultiplier(layer: layers.Layer): number | null {
  if (layer.getClassName() !== 'SeparableConv2D') return null;
  return layerWeights(layer).find(({ name }) => name === 'depthwise_kernel')!.shape[3]!;
}

/** Takes a layer of one input out of a config: what read it reads what it read. */
export function removeLayer(config: NetworkConfig, name: string): void {
  const removed = config.layers.find((layer) => layer.config.name === name);
  const source = removed?.inboundNodes?.[0]?.[0];
  config.layers = config.layers.filter((layer) => layer !== removed);
  if (!source) return;
  const references = config.layers.flatMap(({ inboundNodes }) => (inboundNodes ?? []).flat());
  for (const reference of [...references, ...(config.outputLayers ?? [])]) {
    if (reference[0] === name) reference.splice(0, 3, source[0], source[1], source[2]);
  }
}

/** Lists the calls of shared layers so that tfjs takes each reference for the call that is meant. Sequences have none. */
export function orderConfigCalls(config: NetworkConfig): NetworkConfig {
  if (!config.outputLayers) return config;
  const called = config.layers.map((layer) => ({
    layer,
    name: layer.config.name,
    calls: layer.inboundNodes ?? [],
    firstCall: layer.className === 'InputLayer' ? (1 as const) : (0 as const),
  }));
  const { layers, outputs } = orderCalls(called, config.outputLayers);
  return {
    ...config,
    layers: layers.map(({ layer, calls }) => ({ ...layer, inboundNodes: calls })),
    outputLayers: outputs,
  };
}

/**
 * Builds a network after a changed config, with the weights of the one it comes from.
 *
 * @param config describes the new network; layers are matched by name, layers without weights may come and go
 * @param editWeight gives the new value of a weight, in the shape that the config asks for; by default the old value
 */
export function rebuildNetwork(
  network: LayersModel,
  config: NetworkConfig,
  editWeight: (layer: string, weight: string, value: Tensor) => Tensor = (_layer, _weight, value) => value,
): LayersModel {
  const dictionary = JSON.parse(JSON.stringify(orderConfigCalls(config)));
  const rebuilt =
    network instanceof Sequential
      ? Sequential.fromConfig<LayersModel>(Sequential, dictionary, {}, true)
      : LayersModel.fromConfig<LayersModel>(LayersModel, dictionary, {}, true);
  const targets = new Map(rebuilt.layers.map((layer) => [layer.name, layer]));
  tidy(() => {
    for (const layer of network.layers) {
      const weights = layerWeights(layer);
      if (weights.length === 0) continue;
      targets.get(layer.name)!.setWeights(weights.map(({ name, value }) => editWeight(layer.name, name, value)));
    }
  });
  return rebuilt;
}
