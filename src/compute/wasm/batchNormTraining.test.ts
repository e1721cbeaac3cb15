import { keep, memory, mul, sum, type Tensor, tensor, variableGrads } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../foundation/random';
import { relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';

const epsilon = 1e-3;
const random = (length: number, purpose: string) => {
  const stream = createRandom(5, 'batch norm', purpose);
  return Float32Array.from({ length }, () => 3 + 2 * stream.normal());
};

/** One step of a fresh layer: its output, the gradients of Σ weight · y by input, gamma and beta, and its averages. */
async function step(backend: 'wasm' | 'cpu', shape: number[], x: Float32Array, weight: Float32Array) {
  const channels = shape.at(-1)!;
  const [gamma, beta] = [random(channels, 'gamma'), random(channels, 'beta')];
  const [y, dx, dGamma, dBeta, mean, variance] = await valuesOn(backend, () => {
    const layer = layers.batchNormalization({ epsilon, momentum: 0.9, inputShape: shape.slice(1) });
    layer.build([null, ...shape.slice(1)]);
    layer.setWeights([tensor(gamma), tensor(beta), tensor(new Float32Array(channels)), tensor(random(channels, 'v'))]);
    const input = tensor(x, shape).variable();
    let output: Tensor | undefined;
    const { grads } = variableGrads(() => {
      output = keep(layer.apply(input, { training: true }) as Tensor);
      return sum(mul(output, tensor(weight, shape)));
    });
    const byName = (part: string) => Object.entries(grads).find(([name]) => name.includes(part))![1];
    const [, , movingMean, movingVariance] = layer.getWeights();
    const dInput = Object.entries(grads).find(([name]) => name === input.name)![1];
    return [output!, dInput, byName('gamma'), byName('beta'), movingMean!.clone(), movingVariance!.clone()];
  });
  return { y: y!, dx: dx!, dGamma: dGamma!, dBeta: dBeta!, mean: mean!, variance: variance! };
}

/** The layer's output in float64, from the definition. */
function definition(x: ArrayLike<number>, channels: number): number[] {
  const [gamma, beta] = [random(channels, 'gamma'), random(channels, 'beta')];
  const count = x.length / channels;
  const sums = (term: (value: number, channel: number) => number) =>
    Array.from({ length: channels }, (_, channel) => {
      let total = 0;
      for (let i = channel; i < x.length; i += channels) total += term(x[i]!, channel);
      return total / count;
    });
  const mean = sums((value) => value);
  const variance = sums((value, channel) => (value - mean[channel]!) ** 2);
  return Array.from(x, (value, i) => {
    const channel = i % channels;
    const r = 1 / Math.sqrt(variance[channel]! + epsilon);
    return gamma[channel]! * (value - mean[channel]!) * r + beta[channel]!;
  });
}

describe('training with batch normalisation on WASM', () => {
  beforeAll(startWasmAndCpu);

  // Channels that fill vectors, that need folding, and values left over after the last folded row.
  const shapes = [
    [4, 3, 3, 8],
    [3, 5, 5, 6],
    [3, 3, 3, 7],
    [5, 1],
    [2, 3, 1, 3],
    [2, 40, 40, 12],
  ];

  it.each(shapes.map((shape) => [shape]))('does what the stock layer does on the cpu backend: %j', async (shape) => {
    const length = shape.reduce((a, b) => a * b, 1);
    const [x, weight] = [random(length, 'x'), random(length, 'weight')];
    const expected = await step('cpu', shape, x, weight);
    const actual = await step('wasm', shape, x, weight);
    for (const part of ['y', 'dx', 'dGamma', 'dBeta', 'mean', 'variance'] as const) {
      expect(relativeError(actual[part], expected[part]), part).toBeLessThan(2e-5);
    }
  });

  it('normalises by the definition, and its gradient agrees with central differences of the definition', async () => {
    const shape = [3, 2, 2, 6];
    const [x, weight] = [random(72, 'x'), random(72, 'weight')];
    const { y, dx } = await step('wasm', shape, x, weight);
    expect(relativeError(y, definition(x, 6))).toBeLessThan(1e-6);
    const loss = (values: number[]) => definition(values, 6).reduce((total, value, i) => total + value * weight[i]!, 0);
    for (const index of [0, 7, 33, 71]) {
      const shifted = (by: number) => Array.from(x, (value, i) => (i === index ? value + by : value));
      expect(dx[index]).toBeCloseTo((loss(shifted(1e-4)) - loss(shifted(-1e-4))) / 2e-4, 3);
    }
  });

  it('leaves no tensor behind', async () => {
    const [x, weight] = [random(72, 'x'), random(72, 'weight')];
    await step('wasm', [3, 2, 2, 6], x, weight);
    const before = memory().numTensors;
    await step('wasm', [3, 2, 2, 6], x, weight);
    // The fresh layer's four weights and the input variable are the test's own.
    expect(memory().numTensors - before).toBe(5);
  });
});
