import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor1d, variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OptimizerSettings } from '../trainSettings';
import { createOptimizer } from './createOptimizer';

beforeAll(async () => {
  await setBackend('cpu');
});

/** Runs two steps with the gradients 2 and 1 on a single weight that starts at 1. */
async function twoSteps(settings: OptimizerSettings): Promise<number[]> {
  const optimizer = createOptimizer(settings);
  const weight = variable(tensor1d([1]));
  const seen: number[] = [];
  for (const gradient of [2, 1]) {
    optimizer.step({ w: weight }, { w: tensor1d([gradient]) }, settings.learningRate);
    seen.push((await weight.data())[0]!);
  }
  optimizer.dispose();
  return seen;
}

describe('the optimisers move a weight as PyTorch does', () => {
  it('plain SGD: 1 − 0.1·2, then − 0.1·1', async () => {
    const [first, second] = await twoSteps({
      name: 'sgd',
      learningRate: 0.1,
      momentum: 0,
      nesterov: false,
      weightDecay: 0,
    });
    expect(first).toBeCloseTo(0.8, 6);
    expect(second).toBeCloseTo(0.7, 6);
  });

  it('SGD with momentum 0.5: v = 2, then 0.5·2 + 1 = 2', async () => {
    const [first, second] = await twoSteps({
      name: 'sgd',
      learningRate: 0.1,
      momentum: 0.5,
      nesterov: false,
      weightDecay: 0,
    });
    expect(first).toBeCloseTo(0.8, 6);
    expect(second).toBeCloseTo(0.6, 6);
  });

  it('Nesterov with weight decay 0.1: g = 2.1, step 2.1 + 0.5·2.1 = 3.15; then g = 1.0685, v = 2.1185, step 2.12775', async () => {
    const [first, second] = await twoSteps({
      name: 'sgd',
      learningRate: 0.1,
      momentum: 0.5,
      nesterov: true,
      weightDecay: 0.1,
    });
    expect(first).toBeCloseTo(0.685, 6);
    expect(second).toBeCloseTo(0.685 - 0.1 * (1.0685 + 0.5 * 2.1185), 6);
  });

  it('Adam: the first step is the learning rate whatever the gradient; the second follows the corrected moments', async () => {
    const [first, second] = await twoSteps({ name: 'adam', learningRate: 0.1, weightDecay: 0 });
    expect(first).toBeCloseTo(0.9, 6);
    // m = 0.9·0.2 + 0.1·1 = 0.28, corrected 0.28/0.19; v = 0.999·0.004 + 0.001·1 = 0.004996, corrected /0.001999
    expect(second).toBeCloseTo(0.9 - (0.1 * (0.28 / 0.19)) / Math.sqrt(0.004996 / 0.001999), 5);
  });

  it('leaves nothing behind but what the caller made: the first value, the weight and two gradients', async () => {
    const before = memory().numTensors;
    await twoSteps({ name: 'adam', learningRate: 0.1, weightDecay: 0.1 });
    expect(memory().numTensors - before).toBe(4);
  });

  /** Three steps of a rate of 0.1 with a weight decay of 0.2, in float64, by torch 1.13 (`torch.optim`). */
  it.each<[string, OptimizerSettings, number[][]]>([
    [
      'SGD with Nesterov momentum 0.9',
      { name: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.2 },
      [
        [0.582, -1.829],
        [0.191684, -2.256598],
        [0.028591608, -2.366107476],
      ],
    ],
    [
      'Adam',
      { name: 'adam', learningRate: 0.1, weightDecay: 0.2 },
      [
        [0.9, -1.900000001],
        [0.805771796, -1.948621918],
        [0.742195392, -1.982939357],
      ],
    ],
    [
      'AdamW',
      { name: 'adamw', learningRate: 0.1, weightDecay: 0.2 },
      [
        [0.88, -1.860000002],
        [0.769182037, -1.885191868],
        [0.697432259, -1.90079088],
      ],
    ],
    [
      // By hand: 1 → 0.98·1 - 0.1·2; 0.98·0.78 - 0.1·1; 0.98·0.6644 + 0.05. And -2 likewise.
      'plain SGD with decoupled weight decay',
      { name: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false, weightDecay: 0.2, decoupled: true },
      [
        [0.78, -1.91],
        [0.6644, -2.1718],
        [0.701112, -2.153364],
      ],
    ],
  ])('%s', async (_, settings, expected) => {
    const optimizer = createOptimizer(settings);
    const weight = variable(tensor1d([1, -2]));
    const gradients = [
      [2, -0.5],
      [1, 3],
      [-0.5, 0.25],
    ];
    for (const [index, gradient] of gradients.entries()) {
      optimizer.step({ w: weight }, { w: tensor1d(gradient) }, settings.learningRate);
      const values = await weight.data();
      expect(values[0]).toBeCloseTo(expected[index]![0]!, 5);
      expect(values[1]).toBeCloseTo(expected[index]![1]!, 5);
    }
    optimizer.dispose();
  });
});
