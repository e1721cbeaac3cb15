import type { CalledLayer, LayerReference } from '../network/orderCalls';
import { isObject } from './findModelJson';
import { modelUnreadable } from './modelUnreadable';

/** A network as its files describe it, in Keras 2's words, before anything of it is built. */
export interface DescribedNetwork {
  name: string | undefined;
  /** A plain sequence, in which each layer reads the one before it and no calls are listed. */
  isSequential: boolean;
  layers: DescribedLayer[];
  /** The inputs and outputs of a network that is no plain sequence. */
  inputs: LayerReference[];
  outputs: LayerReference[];
}

export interface DescribedLayer extends CalledLayer {
  kind: string;
  config: Record<string, unknown>;
  /** The network that stands in the layer's place; null for plain layers. */
  network: DescribedNetwork | null;
}

/** The kinds of layers that are networks. */
const networkKinds = ['Functional', 'Model', 'Sequential'];

/**
 * Reads `{class_name, config: {layers, …}}`, also inside `model_config`.
 *
 * @returns null when it is no such description
 * @throws LabError `model-unreadable` when a layer has no name of its own
 */
export function readDescription(path: string, topology: unknown): DescribedNetwork | null {
  if (!isObject(topology)) return null;
  if (isObject(topology.model_config)) return readDescription(path, topology.model_config);
  const { class_name: kind, config } = topology;
  const listed = Array.isArray(config) ? config : isObject(config) ? config.layers : null;
  if (!networkKinds.includes(String(kind)) || !Array.isArray(listed)) return null;
  const own = isObject(config) ? config : {};
  const isSequential = kind === 'Sequential';
  const layers = listed.filter(isObject).map((layer) => readLayer(path, layer, isSequential));
  const taken = new Set<string>();
  for (const { name, kind: layerKind } of layers) {
    if (name === '' || taken.has(name)) throw unnamed(path, layerKind);
    taken.add(name);
  }
  return countFromOne({
    name: typeof own.name === 'string' ? own.name : undefined,
    isSequential,
    layers,
    inputs: readReferences(own.input_layers),
    outputs: readReferences(own.output_layers),
  });
}

function readLayer(path: string, layer: Record<string, unknown>, isInSequence: boolean): DescribedLayer {
  const kind = String(layer.class_name);
  const network = readDescription(path, layer);
  const config = isObject(layer.config) ? layer.config : {};
  const { name } = config;
  if (!isInSequence && !network && layer.name !== name) throw unnamed(path, kind);
  const calls = Array.isArray(layer.inbound_nodes) ? layer.inbound_nodes.map(readReferences) : [];
  return {
    name: [name, layer.name].find((given) => typeof given === 'string') ?? kind.toLowerCase(),
    kind,
    config,
    network,
    calls: calls.filter((reads) => reads.length > 0),
    firstCall: network || kind === 'InputLayer' ? 1 : 0,
  };
}

/** Reads `[[layer, call, tensor, …], …]`. */
function readReferences(listed: unknown): LayerReference[] {
  if (!Array.isArray(listed)) return [];
  return listed
    .filter((read) => Array.isArray(read))
    .map(([layer, call, tensor, ...rest]: unknown[]) => [String(layer), Number(call), Number(tensor ?? 0), ...rest]);
}

/** Some files count the calls of a network inside from 0, where tfjs counts the one on its own inputs as well. */
function countFromOne(network: DescribedNetwork): DescribedNetwork {
  const { layers, outputs } = network;
  const references = [...outputs, ...layers.flatMap(({ calls }) => calls.flat())];
  const countedFromZero = new Set(
    layers
      .filter(({ name, network: inner, calls }) => {
        const numbers = references.filter(([read]) => inner && read === name).map(([, call]) => call);
        return numbers.includes(0) && numbers.every((call) => call < calls.length);
      })
      .map(({ name }) => name),
  );
  if (countedFromZero.size === 0) return network;
  const shift = ([name, call, ...rest]: LayerReference): LayerReference => [
    name,
    countedFromZero.has(name) ? call + 1 : call,
    ...rest,
  ];
  return {
    ...network,
    layers: layers.map((layer) => ({ ...layer, calls: layer.calls.map((reads) => reads.map(shift)) })),
    outputs: outputs.map(shift),
  };
}

/** The inverse of `readDescription`: `{class_name, config}` as tfjs reads it. */
export function writeDescription({ name, isSequential, layers, inputs, outputs }: DescribedNetwork): object {
  if (isSequential) return { class_name: 'Sequential', config: { name, layers: layers.map(writeLayer) } };
  const called = layers.map((layer) => ({ ...writeLayer(layer), name: layer.name, inbound_nodes: layer.calls }));
  return { class_name: 'Model', config: { name, layers: called, input_layers: inputs, output_layers: outputs } };
}

function writeLayer({ kind, name, config, network }: DescribedLayer): object {
  return network ? writeDescription({ ...network, name }) : { class_name: kind, config: { ...config, name } };
}

function unnamed(path: string, kind: string) {
  return modelUnreadable(
    path,
    `a layer of kind ${kind} has no name of its own`,
    'The description may be damaged. Export the network again.',
  );
}
