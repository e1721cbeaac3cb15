import '@tensorflow/tfjs-backend-cpu';
import {
  abs,
  concat,
  exp,
  max,
  memory,
  randomNormal,
  softmax,
  sub,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import {
  model as functionalModel,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { goldenSurgery } from '../testing/goldenSurgery';
import { normalizeTopology } from './normalizeTopology';

const images = randomNormal([2, 6, 6, 3], 0, 1, 'float32', 5);
const predict = (network: LayersModel) => network.predict(images) as Tensor2D;

/** A functional network: a fused convolution, optionally with a skip round a second one, and a softmax of its own. */
function functionalNetwork({ skip }: { skip: boolean }): LayersModel {
  const image = input({ shape: [6, 6, 3] });
  const conv = (name: string) =>
    layers.conv2d({ name, filters: 4, kernelSize: 3, padding: 'same', activation: 'relu', biasInitializer: 'ones' });
  const first = conv('first').apply(image) as SymbolicTensor;
  const second = conv('second').apply(first) as SymbolicTensor;
  const joined = skip ? (layers.add({ name: 'sum' }).apply([first, second]) as SymbolicTensor) : second;
  const features = layers.globalAveragePooling2d({ name: 'gap' }).apply(joined) as SymbolicTensor;
  const logits = layers.dense({ name: 'logits', units: 3 }).apply(features) as SymbolicTensor;
  const outputs = layers.activation({ name: 'softmax', activation: 'softmax' }).apply(logits) as SymbolicTensor;
  return functionalModel({ inputs: image, outputs });
}

/** Two dense layers side by side, joined by a layer. */
function joined(join: layers.Layer, left: 'softmax', right: 'softmax' | 'linear' = left): LayersModel {
  const image = input({ shape: [6, 6, 3] });
  const flat = layers.flatten().apply(image) as SymbolicTensor;
  const heads = Object.entries({ left, right }).map(
    ([name, activation]) => layers.dense({ name, units: 3, activation }).apply(flat) as SymbolicTensor,
  );
  return functionalModel({ inputs: image, outputs: join.apply(heads) as SymbolicTensor });
}

describe('normalizeTopology', () => {
  it.each([false, true])('makes logits of a functional network and frees its activations (skip: %s)', (skip) => {
    const network = functionalNetwork({ skip });
    const { network: normalized, changes } = normalizeTopology(network);
    expect(changes).toEqual([
      'The final softmax "softmax" was removed: the outputs are logits now.',
      'The relu inside "first" became the layer "first_relu".',
      'The relu inside "second" became the layer "second_relu".',
    ]);
    const probabilities: Tensor = softmax(predict(normalized));
    const difference = probabilities.dataSync().map((value, index) => value - predict(network).dataSync()[index]!);
    expect(Math.max(...difference.map(Math.abs))).toBeLessThan(1e-6);
  });

  it('leaves a network alone that has nothing to change', () => {
    const { network } = goldenSurgery('vgg_bn_gap').model;
    expect(normalizeTopology(network)).toEqual({ network, changes: [] });
  });

  it('leaks no tensor', () => {
    const network = functionalNetwork({ skip: false });
    const before = memory().numTensors;
    normalizeTopology(network).network.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('the end of a network', () => {
  const conv = () => layers.conv2d({ name: 'conv', inputShape: [6, 6, 3], filters: 3, kernelSize: 6 });
  const dense = (units: number, activation?: 'softmax' | 'sigmoid') => layers.dense({ name: 'top', units, activation });
  const chain = (...more: layers.Layer[]) => sequential({ layers: [conv(), ...more] });

  /** Largest difference between the probabilities before, and the softmax of what the network gives afterwards. */
  function difference(network: LayersModel, due = (p: Tensor): Tensor => p): number {
    const { network: normalized } = normalizeTopology(network);
    return tidy(() => {
      const found = softmax(normalized.predict(images) as Tensor2D);
      return max(abs(sub(found, due(network.predict(images) as Tensor)))).dataSync()[0]!;
    });
  }

  it.each<[string, layers.Layer[]]>([
    ['a dropout', [layers.flatten(), dense(4, 'softmax'), layers.dropout({ rate: 0.5 })]],
    ['a linear activation', [layers.flatten(), dense(4, 'softmax'), layers.activation({ activation: 'linear' })]],
    ['a reshaping', [layers.flatten(), dense(4, 'softmax'), layers.reshape({ targetShape: [4] })]],
    ['a flattening of single places', [layers.activation({ activation: 'softmax' }), layers.flatten()]],
    ['nothing, as a layer', [layers.flatten(), dense(4), layers.softmax({ axis: -1 })]],
  ])('is a softmax that is taken off before %s', (_what, more) => {
    const network = chain(...more);
    expect(normalizeTopology(network).changes[0]).toMatch(/softmax .*the outputs are logits now/);
    expect(difference(network)).toBeLessThan(1e-6);
  });

  it('is a log-softmax, whose exponential is the softmax of the same logits', () => {
    const network = chain(layers.flatten(), dense(4), layers.activation({ activation: 'logSoftmax' as 'softmax' }));
    expect(normalizeTopology(network).changes[0]).toContain('The final log-softmax');
    expect(difference(network, exp)).toBeLessThan(1e-6);
  });

  it.each<[string, layers.Layer[]]>([
    ['in a dense layer', [dense(1, 'sigmoid')]],
    [
      'as a layer, before others',
      [dense(1), layers.activation({ activation: 'sigmoid' }), layers.reshape({ targetShape: [1] })],
    ],
    ['behind a dropout', [dense(1), layers.dropout({ rate: 0.5 }), layers.activation({ activation: 'sigmoid' })]],
  ])('is one sigmoid %s, p, that becomes two classes with 1 - p and p', (_where, more) => {
    const network = chain(layers.flatten(), ...more);
    const { network: normalized, changes } = normalizeTopology(network);
    expect(normalized.outputs[0]!.shape).toEqual([null, 2]);
    expect(changes[0]).toBe(
      'The one output with a sigmoid, p, became two: "top" gives the logits of class 0 (1 - p) and of class 1 (p).',
    );
    expect(difference(network, (p) => concat([sub(1, p), p], 1))).toBeLessThan(1e-6);
  });

  it.each<[string, () => LayersModel, string]>([
    [
      'a softmax at each place of maps',
      () =>
        sequential({ layers: [layers.softmax({ axis: -1, inputShape: [2, 2, 3], name: 'each' }), layers.flatten()] }),
      'the softmax of "each" is taken at each place of 2 × 2 × 3',
    ],
    ['the average of two softmaxes', () => joined(layers.average(), 'softmax'), 'made of the probabilities of "left"'],
    ['the product of two softmaxes', () => joined(layers.multiply(), 'softmax'), 'made of the probabilities of "left"'],
    [
      'a softmax before a ReLU',
      () => chain(layers.flatten(), dense(4, 'softmax'), layers.reLU()),
      'made of the probabilities of "top"',
    ],
    [
      'a softmax that is scaled',
      () => chain(layers.flatten(), dense(4, 'softmax'), layers.rescaling({ scale: 100 })),
      'made of the probabilities of "top"',
    ],
    [
      'one sigmoid of a convolution',
      () =>
        sequential({
          layers: [
            layers.conv2d({ name: 'map', inputShape: [6, 6, 3], filters: 1, kernelSize: 6, activation: 'sigmoid' }),
            layers.flatten(),
          ],
        }),
      'a sigmoid of what is no Dense layer ("map")',
    ],
  ])('is refused when it is %s', (_what, build, text) => {
    expect(() => normalizeTopology(build())).toThrow(text);
  });

  it('is none where probabilities are the gate of other values', () => {
    expect(() => normalizeTopology(joined(layers.multiply(), 'softmax', 'linear'))).not.toThrow();
  });
});
