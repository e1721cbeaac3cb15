import { LayersModel } from '@tensorflow/tfjs-layers';
import { endInLogits } from './endInLogits';
import { hasNetworkInside, unfoldNetworks } from './files/unfoldNetworks';
import { isFixedConfig } from './network/fixedLayer';
import {
  type LayerConfig,
  type NetworkConfig,
  readNetworkConfig,
  rebuildNetwork,
  rebuildUnfolded,
} from './network/networkConfig';
import { isSelectionConfig } from './network/selection';

/** Layers whose fused activation hides the values that the score is taken from. */
const fusingLayers = new Set(['Conv2D', 'SeparableConv2D', 'Dense']);

/**
 * Brings a loaded network into the lab's form: activations are layers of their own, so that a convolution is seen
 * before its activation, the outputs are logits, without a final softmax or sigmoid, and every layer can be trained. The
 * values in between do not change.
 *
 * @returns the network (the very same one when nothing had to change; otherwise a new one, and the old one is still to be
 *   disposed by its owner) and what was changed, in words
 * @throws RangeError in words, when the outputs are probabilities of which no logits can be told
 */
export function normalizeTopology(network: LayersModel): { network: LayersModel; changes: string[] } {
  if (hasNetworkInside(network)) return normalizeUnfolded(network);
  const config = readNetworkConfig(network);
  const end = endInLogits(network, config);
  const changes = [...end.changes, ...splitActivations(config), ...unfreeze(config)];
  if (changes.length === 0) return { network, changes };
  return { network: rebuildNetwork(network, config, end.editWeight), changes };
}

function normalizeUnfolded(network: LayersModel): { network: LayersModel; changes: string[] } {
  const { config, layerOf } = unfoldNetworks(network);
  const unfolded = rebuildUnfolded(config, layerOf);
  const { network: normal, changes } = normalizeTopology(unfolded);
  if (normal !== unfolded) unfolded.dispose();
  const inside = network.layers.filter((layer) => layer instanceof LayersModel).map(({ name }) => `"${name}"`);
  return {
    network: normal,
    changes: [`Networks that stood as layers were taken apart: ${inside.join(', ')}.`, ...changes],
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
    for (const node of config.layers.flatMap(({ inboundNodes }) => inboundNodes ?? [])) redirect(node, name, addedName);
    redirect(config.outputLayers, name, addedName);
    added.name = addedName;
    added.inboundNodes = (layer.inboundNodes ?? []).map((_, index) => [[name, index, 0, {}]]);
  }
  config.layers.splice(config.layers.indexOf(layer) + 1, 0, added);
}

function redirect(references: [string, ...unknown[]][], from: string, to: string): void {
  for (const reference of references) if (reference[0] === from) reference[0] = to;
}

function freeName(config: NetworkConfig, wanted: string): string {
  const taken = new Set(config.layers.map((layer) => layer.config.name));
  let name = wanted;
  for (let suffix = 2; taken.has(name); suffix++) name = `${wanted}_${suffix}`;
  return name;
}
