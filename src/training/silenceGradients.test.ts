import '@tensorflow/tfjs-backend-cpu';
import { memory, ones, setBackend, type Variable } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { modelId } from '../foundation/ids';
import { findLayer } from '../model/network/findLayer';
import { layerWeights } from '../model/network/layerWeights';
import { applyPruning } from '../model/surgery/applyPruning';
import { planPruning } from '../model/surgery/planPruning';
import { goldenSurgery } from '../testing/goldenSurgery';
import { createOptimizer } from './optimizers/createOptimizer';
import { silenceGradients } from './silenceGradients';

beforeAll(async () => {
  await setBackend('cpu');
});

it.each([
  { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 } as const,
  { name: 'adamw', learningRate: 0.1, weightDecay: 0.01 } as const,
])('keeps silenced channels at zero through steps of $name, moves the others, and leaks nothing', (settings) => {
  const { model, layer } = goldenSurgery('vgg_bn_gap');
  const masked = applyPruning(model, planPruning(model, { [layer]: [2, 5] }, 'branch-zero'), modelId('masked'));
  const before = memory().numTensors;
  const silence = silenceGradients(masked);
  const optimizer = createOptimizer(settings);
  const weights: Record<string, Variable> = Object.fromEntries(
    masked.network.trainableWeights.map((weight) => [(weight.read() as Variable).name, weight.read() as Variable]),
  );
  for (let step = 0; step < 3; step++) {
    const gradients = silence.apply(
      Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, ones(shape)])),
    );
    optimizer.step(weights, gradients, settings.learningRate);
    for (const gradient of Object.values(gradients)) gradient.dispose();
  }
  optimizer.dispose();
  silence.dispose();
  expect(memory().numTensors).toBe(before);
  for (const [name, weight] of [
    [layer, 'kernel'],
    [layer, 'bias'],
    ['bn2', 'gamma'],
    ['bn2', 'beta'],
  ]) {
    const { value, shape } = layerWeights(findLayer(masked.network, name!)).find((one) => one.name === weight)!;
    const channels = shape.at(-1)!;
    const sums = Array.from({ length: channels }, () => 0);
    value.dataSync().forEach((number, i) => {
      sums[i % channels]! += Math.abs(number);
    });
    expect(sums.flatMap((sum, channel) => (sum === 0 ? [channel] : []))).toEqual([2, 5]);
  }
});
