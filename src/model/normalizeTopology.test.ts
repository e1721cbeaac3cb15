import '@tensorflow/tfjs-backend-cpu';
import { memory, randomNormal, softmax, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import {
  model as functionalModel,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
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
