import type { LayerReference } from '../network/orderCalls';
import type { DescribedLayer, DescribedNetwork } from './describedNetwork';
import { dropUnreadCalls } from './dropUnreadCalls';
import type { ImportLine } from './importReport';
import { modelUnreadable } from './modelUnreadable';
import { orderNetworkCalls } from './orderNetworkCalls';

/** A layer by the names of the networks that it stands in, from the outside in, and its own. */
export type LayerPlace = readonly string[];

/** A description without networks inside. */
export interface UnfoldedDescription {
  description: DescribedNetwork;
  /** Where each layer of it stood, by its name. */
  places: Map<string, LayerPlace>;
  /** Names of the networks that were taken apart. */
  unfolded: string[];
  /** Layers that were left out, as nothing reads what they make. */
  lines: ImportLine[];
}

const separator = '\u0000';
const keyOf = (place: LayerPlace) => place.join(separator);

/**
 * Takes networks inside apart at the level of the description: one network of plain layers, whose calls are those that the
 * calls of the networks came to. A layer of a network that is called several times stays one layer, with several calls.
 * Names stay, unless two would be the same: then the inner one has its network's name before it.
 *
 * @param network with its calls in order
 * @throws LabError `model-unreadable` naming a network that is called with too few or too many inputs, or whose outputs
 *   cannot be read as they are
 */
export function unfoldNetworks(path: string, network: DescribedNetwork): UnfoldedDescription {
  const names = nameLayers(network);
  const places = new Map([...names].map(([key, name]) => [name, key.split(separator)]));
  const unfolded = network.layers.flatMap((layer) => (layer.network ? [layer.name] : []));
  if (unfolded.length === 0) return { description: network, places, unfolded, lines: [] };
  const made = new Unfolding(path, names).unfold(network);
  const { description, unread } = dropUnreadCalls(made);
  return {
    description: orderNetworkCalls(path, description),
    places,
    unfolded,
    lines: unread.map((layer) => ({
      layer,
      status: 'unused',
      detail: `nothing reads what it makes (${places.get(layer)!.join(' / ')})`,
    })),
  };
}

/** Gives every plain layer a name of its own, by its place. Those of the outer network come first. */
function nameLayers(network: DescribedNetwork): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const give = (place: LayerPlace) => {
    const [own, inside] = [place.at(-1)!, place.at(-2)];
    const wanted = taken.has(own) && inside !== undefined ? `${inside}_${own}` : own;
    let name = wanted;
    for (let suffix = 2; taken.has(name); suffix++) name = `${wanted}_${suffix}`;
    taken.add(name);
    names.set(keyOf(place), name);
  };
  const visit = ({ layers }: DescribedNetwork, outside: LayerPlace) => {
    for (const layer of layers) {
      if (layer.network) visit(layer.network, [...outside, layer.name]);
      else if (outside.length > 0) give([...outside, layer.name]);
    }
  };
  for (const layer of network.layers) if (!layer.network) give([layer.name]);
  visit(network, []);
  return names;
}

class Unfolding {
  readonly #made = new Map<string, DescribedLayer>();

  constructor(
    readonly path: string,
    readonly names: ReadonlyMap<string, string>,
  ) {}

  unfold(network: DescribedNetwork): DescribedNetwork {
    const outputs = network.isSequential ? this.#sequence(network, [], null) : this.#graph(network, [], null);
    const layers = [...this.#made.values()];
    const inputs = layers.filter(({ kind }) => kind === 'InputLayer');
    return {
      name: network.name,
      isSequential: false,
      layers,
      inputs: inputs.map(({ name }): LayerReference => [name, 0, 0]),
      outputs: outputs.map(([name, call, tensor]): LayerReference => [name, call, tensor]),
    };
  }

  /** @returns the outputs of a call of a layer or network */
  #call(layer: DescribedLayer, place: LayerPlace, inputs: LayerReference[]): LayerReference[] {
    const { network } = layer;
    if (!network) return [this.#callPlain(layer, place, inputs)];
    return network.isSequential ? this.#sequence(network, place, inputs) : this.#graph(network, place, inputs);
  }

  /** @param given what the network is called on; null for the outer one, whose inputs are layers of its own */
  #graph(network: DescribedNetwork, place: LayerPlace, given: LayerReference[] | null): LayerReference[] {
    if (given && given.length !== network.inputs.length) {
      throw this.#refuse(place, `takes ${network.inputs.length} inputs and is given ${given.length}`);
    }
    /** The outputs of every call, by the layer and the number of the call. */
    const outputs = new Map<string, LayerReference[]>();
    for (const [index, [name]] of network.inputs.entries()) {
      const start = network.layers.find((layer) => layer.name === name);
      if (!start) throw this.#refuse(place, `has no layer "${name}", which should be an input of it`);
      outputs.set(`${name} 0`, [given ? given[index]! : this.#callPlain(start, [...place, name], [])]);
    }
    const read = ([name, call, tensor, ...rest]: LayerReference): LayerReference | null => {
      const output = outputs.get(`${name} ${call}`)?.[tensor];
      return output ? [output[0], output[1], output[2], ...rest] : null;
    };
    let waiting = network.layers.flatMap((layer) =>
      layer.calls.map((reads, index) => ({ layer, number: index + layer.firstCall, reads })),
    );
    while (waiting.length > 0) {
      const left = waiting.filter(({ layer, number, reads }) => {
        const inputs = reads.map(read);
        if (inputs.includes(null)) return true;
        outputs.set(`${layer.name} ${number}`, this.#call(layer, [...place, layer.name], inputs as LayerReference[]));
        return false;
      });
      if (left.length === waiting.length) {
        throw this.#refuse(place, `has a layer "${left[0]!.layer.name}" that reads an output which is not there`);
      }
      waiting = left;
    }
    return network.outputs.map((reference) => {
      const output = read(reference);
      if (!output) throw this.#refuse(place, `should give an output of "${reference[0]}" that is not there`);
      return output;
    });
  }

  #sequence(network: DescribedNetwork, place: LayerPlace, given: LayerReference[] | null): LayerReference[] {
    let values = given ?? [this.#makeInput(network)];
    for (const layer of network.layers) {
      if (layer.kind === 'InputLayer') continue;
      const [value, ...more] = values;
      if (!value || more.length > 0) {
        throw this.#refuse([...place, layer.name], `is given ${values.length} outputs where it takes one`);
      }
      values = this.#call(layer, [...place, layer.name], [value]);
    }
    return values;
  }

  /** The input of a sequence, which its first layer may tell of. */
  #makeInput(network: DescribedNetwork): LayerReference {
    const first = network.layers[0];
    if (first?.kind === 'InputLayer') return this.#callPlain(first, [first.name], []);
    const shape = first && inputShape(first);
    if (!shape) throw this.#refuse([], 'does not say what size its input has');
    let name = `${first.name}_input`;
    while ([...this.names.values()].includes(name)) name = `${name}_`;
    const config = { name, batch_input_shape: shape, dtype: 'float32' };
    this.#made.set(name, { name, kind: 'InputLayer', config, network: null, calls: [], firstCall: 1 });
    return [name, 0, 0];
  }

  #callPlain(layer: DescribedLayer, place: LayerPlace, inputs: LayerReference[]): LayerReference {
    const name = this.names.get(keyOf(place))!;
    const known = this.#made.get(name);
    if (layer.kind === 'InputLayer') {
      if (!known) this.#made.set(name, { ...layer, name, config: { ...layer.config, name }, calls: [] });
      return [name, 0, 0];
    }
    if (known) {
      known.calls.push(inputs);
      return [name, known.calls.length - 1, 0];
    }
    const { batch_input_shape: _shape, ...config } = layer.config;
    this.#made.set(name, { ...layer, name, config: { ...config, name }, calls: [inputs] });
    return [name, 0, 0];
  }

  #refuse(place: LayerPlace, why: string) {
    const who = place.length === 0 ? 'the network' : `"${place.join('" / "')}"`;
    return modelUnreadable(this.path, `${who} ${why}`, 'Export the network again without networks as layers.');
  }
}

/** The shape of a layer's input with the batch in front, if it says so. */
function inputShape({ network, config }: DescribedLayer): unknown {
  if (!network) return config.batch_input_shape;
  const first = network.isSequential
    ? network.layers[0]
    : network.layers.find(({ name }) => name === network.inputs[0]?.[0]);
  return first && inputShape(first);
}
