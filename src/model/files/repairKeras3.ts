import { isObject } from './findModelJson';
import type { ImportLine } from './importReport';
import { modelUnreadable } from './modelUnreadable';

/** A description as tfjs reads it, and what had to change. */
export interface RepairedTopology {
  topology: unknown;
  repairs: ImportLine[];
}

/**
 * Rewrites what Keras 3 says differently from Keras 2, which is what tfjs reads: `batch_shape`, dtype policies, the links
 * between layers of a functional network, settings that have other names. Settings that tfjs would pass over in silence,
 * and compute something else, are refused.
 *
 * @throws LabError `model-unreadable` naming the layer and the setting
 */
export function repairKeras3(path: string, topology: unknown): RepairedTopology {
  const repairs: ImportLine[] = [];
  return { topology: repair(topology, { path, repairs }), repairs };
}

interface Repairing {
  path: string;
  repairs: ImportLine[];
  /** Names of the Sequential networks among the layers of the network being repaired. */
  sequentials?: Set<string>;
}

function repair(value: unknown, repairing: Repairing): unknown {
  if (Array.isArray(value)) return value.map((item) => repair(item, repairing));
  if (!isObject(value)) return value;
  const repaired: Record<string, unknown> = {};
  if (Array.isArray(value.layers)) repairing = { ...repairing, sequentials: sequentialsAmong(value.layers) };
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'batch_shape') repaired.batch_input_shape = inner;
    else if (key === 'dtype' && isObject(inner)) repaired.dtype = 'float32';
    else if (key === 'inbound_nodes' && Array.isArray(inner))
      repaired[key] = inner.map((node) => repairNode(node, repairing));
    else if ((key === 'input_layers' || key === 'output_layers') && Array.isArray(inner)) {
      repaired[key] = typeof inner[0] === 'string' ? [inner] : inner;
    } else repaired[key] = repair(inner, repairing);
  }
  const { class_name: kind, config } = repaired;
  return typeof kind === 'string' && isObject(config)
    ? repairLayer({ ...repaired, kind, config }, repairing)
    : repaired;
}

function sequentialsAmong(layers: unknown[]): Set<string> {
  return new Set(
    layers.filter(isObject).flatMap(({ class_name: kind, config }) => {
      return kind === 'Sequential' && isObject(config) && typeof config.name === 'string' ? [config.name] : [];
    }),
  );
}

/**
 * A call `{args, kwargs}` becomes a list of [layer, call, tensor, {}]. Keras 3 counts the calls of a Sequential network from
 * 0, tfjs from 1: there the network's own is the first.
 */
function repairNode(node: unknown, { sequentials }: Repairing): unknown {
  if (!isObject(node) || !Array.isArray(node.args)) return node;
  return node.args.flat().flatMap((argument) => {
    const history = isObject(argument) && isObject(argument.config) ? argument.config.keras_history : undefined;
    if (!Array.isArray(history)) return [];
    const [layer, call, tensor] = history as [string, number, number];
    return [[layer, sequentials?.has(layer) ? call + 1 : call, tensor, {}]];
  });
}

function repairLayer(
  { kind, config, ...layer }: Record<string, unknown> & { kind: string; config: Record<string, unknown> },
  { path, repairs }: Repairing,
): Record<string, unknown> {
  const name = [config.name, layer.name].find((given) => typeof given === 'string') ?? kind;
  const changed = { ...config };
  const note = (detail: string) => repairs.push({ layer: name, status: 'repaired', detail });
  const refuse = (what: string) => {
    throw modelUnreadable(
      path,
      `the layer "${name}" (${kind}) has ${what}, which TensorFlow.js layers cannot do`,
      'Export the network without it.',
    );
  };
  if (typeof config.groups === 'number' && config.groups > 1) refuse(`${config.groups} groups`);
  if (config.keepdims === true) refuse('keepdims');
  if (typeof config.threshold === 'number' && config.threshold !== 0 && kind === 'ReLU') refuse('a threshold');
  if (config.activation === 'silu') {
    changed.activation = 'swish';
    note('the activation silu is called swish here');
  }
  const slope = config.negative_slope;
  if (kind === 'LeakyReLU' && typeof slope === 'number' && config.alpha === undefined) {
    changed.alpha = slope;
    note(`negative_slope ${slope} is called alpha here`);
  }
  if (kind === 'ReLU' && typeof slope === 'number' && slope !== 0) {
    if (typeof config.max_value === 'number') refuse('both a slope and a largest value');
    note(`a ReLU with the slope ${slope} is a LeakyReLU here`);
    return { ...layer, class_name: 'LeakyReLU', config: { name, alpha: slope, trainable: true } };
  }
  return { ...layer, class_name: kind, config: changed };
}
