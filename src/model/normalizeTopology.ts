import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RewrittenNetwork } from './compareOutputs';
import { endInLogits } from './endInLogits';
import { isFixedConfig } from './network/fixedLayer';
import { type LayerConfig, type NetworkConfig, readNetworkConfig, rebuildNetwork } from './network/networkConfig';
import type { LayerReference } from './network/orderCalls';
import { isSelectionConfig } from './network/selection';
import { fusingLayers } from './withActivationsApart';

/**
 * Brings a loaded network into the lab's form: activations are layers of their own, so that a convolution is seen
 * before its activation, the outputs are logits, without a final softmax or sigmoid, and every layer can be trained. The
 * values in between do not change.
 *
 * @returns the network (the very same one when nothing had to change; otherwise a new one, and the old one is still to be
 *   disposed by its owner), what was changed, in words, and how its outputs differ from those of the given one
 * @throws RangeError in words, when the outputs are probabilities of which no logits can be told
 */
export function normalizeTopology(network: LayersModel): RewrittenNetwork & { changes: string[] } {
  const config = readNetworkConfig(network);
  const end = endInLogits(network, config);
  const changes = [
    ...end.changes,
    ...splitActivations(config),
    ...separateWeightless(network, config),
    ...unfreeze(config),
  ];
  return {
    network: changes.length === 0 ? network : rebuildNetwork(network, config, end.editWeight),
    changes,
    ...(end.lost && { lost: end.lost }),
  };
}

function splitActivations(config: NetworkConfig): string[] {
  const changes: string[] = [];
  for (const layer of config.layers.filter(({ className }) => fusingLayers.has(className))) {
    const { activation, name } = layer.config;
    if (typeof activation !== 'string' || activation === 'linear') continue;
    layer.config.activation = 'linear';
    const added = freeName(config, `${name}_${activation}`);
    insertAfter(config, layer, { className: 'Activation', config: { name: added, activation } });
    changes.push(`The ${activation} inside "${name}" became the layer "${added}".`);
  }
  return changes;
}

/** A layer without weights that stands at several places becomes one layer each, so that channels can be followed. */
function separateWeightless(network: LayersModel, config: NetworkConfig): string[] {
  const withWeights = new Set(network.layers.filter(({ weights }) => weights.length > 0).map(({ name }) => name));
  const shared = config.layers.filter(
    ({ config: { name }, inboundNodes = [] }) => inboundNodes.length > 1 && !withWeights.has(name),
  );
  for (const layer of shared) {
    const [first, ...others] = layer.inboundNodes!;
    const names = [layer.config.name];
    layer.inboundNodes = [first!];
    for (const node of others) {
      const name = freeName(config, layer.config.name);
      names.push(name);
      const copy = { ...layer, name, config: { ...layer.config, name }, inboundNodes: [node] };
      config.layers.splice(config.layers.indexOf(layer) + 1, 0, copy);
    }
    for (const reference of allReferences(config)) {
      if (reference[0] === layer.config.name) [reference[0], reference[1]] = [names[reference[1]]!, 0];
    }
  }
  const list = shared.map(({ config: { name } }) => `"${name}"`).join(', ');
  return shared.length === 0
    ? []
    : [`Layers without weights that stood at several places became one layer for each place: ${list}.`];
}

const isConstant = (layer: LayerConfig) => isSelectionConfig(layer) || isFixedConfig(layer);

/** Layers frozen for transfer learning would sit out the fine-tuning after pruning. */
function unfreeze(config: NetworkConfig): string[] {
  const frozen = config.layers.filter((layer) => layer.config.trainable === false && !isConstant(layer));
  for (const layer of frozen) layer.config.trainable = true;
  const names = frozen.map((layer) => layer.config.name).join(', ');
  return frozen.length === 0 ? [] : [`Frozen layers were set free, so that fine-tuning reaches them: ${names}.`];
}

function insertAfter(config: NetworkConfig, layer: LayerConfig, added: LayerConfig): void {
  const { name } = layer.config;
  const addedName = added.config.name;
  if (config.outputLayers) {
    for (const reference of allReferences(config)) if (reference[0] === name) reference[0] = addedName;
    added.name = addedName;
    added.inboundNodes = (layer.inboundNodes ?? []).map((_, index) => [[name, index, 0, {}]]);
  }
  config.layers.splice(config.layers.indexOf(layer) + 1, 0, added);
}

function allReferences({ layers, outputLayers = [] }: NetworkConfig): LayerReference[] {
  return [...outputLayers, ...layers.flatMap(({ inboundNodes }) => inboundNodes ?? []).flat()];
}

function freeName(config: NetworkConfig, wanted: string): string {
  const taken = new Set(config.layers.map((layer) => layer.config.name));
  let name = wanted;
  for (let suffix = 2; taken.has(name); suffix++) name = `${wanted}_${suffix}`;
  return name;
}
