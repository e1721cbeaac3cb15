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
});
