import { randomNormal, randomUniform, tidy } from '@tensorflow/tfjs-core';
import {
  model as functionalModel,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { createRandom } from '../foundation/random';
import { randomImageSize } from './randomNetwork';

/** Plain layers of a random network; each keeps the shape of its maps. */
export const plainKinds = ['conv', 'norm', 'relu', 'dropout'] as const;

/**
 * How a network inside is used: `once`; `twice`: on its own output, too; `apart`: at places that differ in how far it is
 * to the end; `side`: twice on the same input side by side, with other layers; `pair`: with two inputs and two outputs, of which
 * both are read; `half`: of which one is read.
 */
export const uses = ['once', 'twice', 'apart', 'side', 'pair', 'half'] as const;

/** A part of a random network: a plain layer, or a network with parts of its own. */
export type NestedPart =
  | (typeof plainKinds)[number]
  | { network: 'functional' | 'sequential'; use: (typeof uses)[number]; parts: NestedPart[] };

export interface NestedNetwork {
  /** Whether the outer network is a sequence; then networks inside are used once. */
  isSequence: boolean;
  parts: NestedPart[];
  seed: number;
}

const channels = 4;
const maps = [randomImageSize, randomImageSize, channels];

/** A network with random weights: a convolution, the parts in turn, 3 class scores. All layers have names of their own. */
export function buildNestedNetwork({ isSequence, parts, seed }: NestedNetwork): LayersModel {
  const build = new NestedBuilder();
  const network = isSequence ? build.sequence(parts) : build.graph(parts);
  const random = createRandom(seed, 'nested-network');
  tidy(() => {
    for (const weight of network.weights) {
      const { shape } = weight.read();
      const drawSeed = 1 + random.integer(1_000_000);
      weight.write(
        weight.originalName.endsWith('variance')
          ? randomUniform(shape, 0.5, 1.5, 'float32', drawSeed)
          : randomNormal(shape, 0, 0.3, 'float32', drawSeed),
      );
    }
  });
  return network;
}

class NestedBuilder {
  #count = 0;

  graph(parts: NestedPart[]): LayersModel {
    const image = layers.input({ name: 'image', shape: [randomImageSize, randomImageSize, 3] });
    const end = parts.reduce((tensor, part) => this.#add(part, tensor), call(this.#plain('conv'), image));
    const features = call(layers.globalAveragePooling2d({ name: 'gap' }), end);
    const outputs = call(layers.dense({ name: 'top', units: 3, activation: 'softmax' }), features);
    return functionalModel({ inputs: image, outputs, name: 'outer' });
  }

  sequence(parts: NestedPart[]): LayersModel {
    const network = sequential({ name: 'outer' });
    network.add(
      layers.conv2d({
        name: 'stem',
        inputShape: [randomImageSize, randomImageSize, 3],
        filters: channels,
        kernelSize: 1,
      }),
    );
    for (const part of parts) network.add(this.#layer(part));
    network.add(layers.globalAveragePooling2d({ name: 'gap' }));
    network.add(layers.dense({ name: 'top', units: 3, activation: 'softmax' }));
    return network;
  }

  #name(kind: string): string {
    this.#count += 1;
    return `${kind}${this.#count}`;
  }

  #plain(kind: (typeof plainKinds)[number]): layers.Layer {
    const name = this.#name(kind);
    if (kind === 'conv') {
      return layers.conv2d({ name, filters: channels, kernelSize: 3, padding: 'same', activation: 'tanh' });
    }
    if (kind === 'norm') return layers.batchNormalization({ name });
    return kind === 'relu' ? layers.reLU({ name }) : layers.dropout({ name, rate: 0.5 });
  }

  /** A layer with one input and one output. */
  #layer(part: NestedPart): layers.Layer {
    if (typeof part === 'string') return this.#plain(part);
    if (part.network === 'functional') return this.#functional(part.parts, 1);
    const network = sequential({ name: this.#name('sequence') });
    network.add(layers.inputLayer({ name: this.#name('in'), inputShape: maps }));
    for (const inner of ['conv' as const, ...part.parts]) network.add(this.#layer(inner));
    return network;
  }

  #functional(parts: NestedPart[], count: 1 | 2): LayersModel {
    const inputs = Array.from({ length: count }, () => layers.input({ name: this.#name('in'), shape: maps }));
    const start = count === 1 ? inputs[0]! : this.#join(inputs);
    const end = parts.reduce((tensor, part) => this.#add(part, tensor), call(this.#plain('conv'), start));
    const outputs = count === 1 ? end : [end, call(this.#plain('conv'), inputs[1]!)];
    return functionalModel({ inputs, outputs, name: this.#name('network') });
  }

  #join(tensors: SymbolicTensor[]): SymbolicTensor {
    return layers.add({ name: this.#name('add') }).apply(tensors) as SymbolicTensor;
  }

  #add(part: NestedPart, input: SymbolicTensor): SymbolicTensor {
    if (typeof part === 'string' || part.use === 'once') return call(this.#layer(part), input);
    if (part.use === 'pair' || part.use === 'half') {
      const network = this.#functional(part.parts, 2);
      const other = call(this.#plain('conv'), input);
      const [first, second] = network.apply([other, input]) as [SymbolicTensor, SymbolicTensor];
      return part.use === 'half' ? second : this.#join([second, call(this.#plain('conv'), first)]);
    }
    const network = this.#layer(part);
    if (part.use === 'twice') return call(network, call(network, input));
    if (part.use === 'side') {
      return this.#join([call(network, call(this.#plain('conv'), input)), call(network, input)]);
    }
    // The second call has the longer way to the end, so that tfjs, on reading the network again, makes it first.
    const first = call(network, call(this.#plain('norm'), input));
    const longWay = (['conv', 'norm', 'conv'] as const).map((kind) => this.#plain(kind));
    return this.#join([longWay.reduce((tensor, layer) => call(layer, tensor), call(network, input)), first]);
  }
}

function call(layer: layers.Layer, input: SymbolicTensor): SymbolicTensor {
  return layer.apply(input) as SymbolicTensor;
}
