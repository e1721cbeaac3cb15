import type { ImportLine } from '../files/importReport';
import type { NumberArray } from '../keras/numberArray';
import type { OnnxNode } from './onnxGraph';

/** A layer of the network to be built, in the words of Keras 2. */
export interface PlannedLayer {
  name: string;
  kind: string;
  config: Record<string, unknown>;
  inputs: string[];
  weights: Record<string, NumberArray>;
  /** The node that it comes from: `Conv "/conv1/Conv"`. */
  origin: string;
  /** The tensor that its node gives. */
  output: string;
  /** What was changed so that it gives the same numbers here, in words. */
  repairs: string[];
}

export interface NewLayer {
  kind: string;
  config?: Record<string, unknown>;
  inputs: string[];
  weights?: Record<string, NumberArray>;
  repairs?: string[];
  /** What the layer is called; by default its node. A name that is taken gets a number. */
  name?: string;
  /** What is added to the name of a layer that is only a part of what its node does: `pad`. */
  part?: string;
}

/** The layers planned so far. Their weights can still be changed. */
export interface NetworkPlan {
  layers: Map<string, PlannedLayer>;
  /** Adds a layer and gives its name. */
  add(node: OnnxNode, layer: NewLayer): string;
  /** Takes a layer out again that nothing reads. */
  remove(name: string): void;
  /** The description that tfjs builds the network from, and the weights by `layer/weight`. */
  describe(name: string, output: string): { topology: Record<string, unknown>; weights: Record<string, NumberArray> };
  lines(): ImportLine[];
}

export function createNetworkPlan(): NetworkPlan {
  const layers = new Map<string, PlannedLayer>();
  const freeName = createNames();
  return {
    layers,
    add(node, { kind, config = {}, inputs, weights = {}, repairs = [], name = node.name, part }) {
      const tidy = tidyName(name) || node.operator;
      const free = freeName(part ? `${tidy}.${part}` : tidy);
      layers.set(free, {
        name: free,
        kind,
        config,
        inputs,
        weights,
        origin: describeNode(node),
        output: node.outputs[0] ?? '',
        repairs,
      });
      return free;
    },
    remove: (name) => void layers.delete(name),
    describe: (name, output) => describePlan([...layers.values()], name, output),
    lines: () =>
      [...layers.values()].map(({ name, origin, repairs }) => ({
        layer: name,
        status: repairs.length > 0 ? 'repaired' : 'mapped',
        detail: [`from ${origin}`, ...repairs].join('; '),
      })),
  };
}

/** A node in words. */
export function describeNode({ operator, name }: OnnxNode): string {
  return `${operator} "${name}"`;
}

/** Paths of modules become names with points: `/layer1/layer1.0/conv1/Conv` is `layer1.0.conv1`. */
function tidyName(name: string): string {
  const parts = name.split('/').filter((part) => part !== '');
  const last = parts.length > 1 && /^[A-Z][A-Za-z]+$/.test(parts.at(-1)!) ? parts.slice(0, -1) : parts;
  return last
    .filter((part, i) => !last[i + 1]?.startsWith(`${part}.`))
    .join('.')
    .replaceAll(/[^\w.:-]/g, '_');
}

/** Gives a name that was not given before: the one that is wanted, or with a number behind it. */
function createNames(): (wanted: string) => string {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  return (wanted) => {
    let name = wanted;
    for (let number = numbers.get(wanted) ?? 2; taken.has(name); number++) {
      name = `${wanted}_${number}`;
      numbers.set(wanted, number + 1);
    }
    taken.add(name);
    return name;
  };
}

/** Weights are set right after they are made: to draw random ones first takes seconds in large networks. */
function zeroInitializers({ weights }: PlannedLayer): Record<string, unknown> {
  const kernels = Object.keys(weights).filter((weight) => weight === 'kernel' || weight === 'depthwise_kernel');
  const zeros = { class_name: 'Zeros', config: {} };
  return Object.fromEntries(kernels.map((kernel) => [`${kernel.replace('_kernel', '')}_initializer`, zeros]));
}

function describePlan(layers: PlannedLayer[], name: string, output: string) {
  const described = layers.map((layer) => ({
    class_name: layer.kind,
    name: layer.name,
    config: { name: layer.name, ...zeroInitializers(layer), ...layer.config },
    inbound_nodes: layer.inputs.length === 0 ? [] : [layer.inputs.map((input) => [input, 0, 0, {}])],
  }));
  const inputs = layers.filter(({ kind }) => kind === 'InputLayer').map((layer) => [layer.name, 0, 0]);
  const weights = Object.fromEntries(
    layers.flatMap((layer) =>
      Object.entries(layer.weights).map(([weight, value]) => [`${layer.name}/${weight}`, value]),
    ),
  );
  return {
    topology: {
      class_name: 'Model',
      config: { name, layers: described, input_layers: inputs, output_layers: [[output, 0, 0]] },
    },
    weights,
  };
}
