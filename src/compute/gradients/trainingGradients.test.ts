import {
  batchNorm,
  engine,
  grads,
  losses,
  mean,
  memory,
  mul,
  profile,
  type Scalar,
  setBackend,
  sum,
  type Tensor,
  tensor,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../foundation/random';
import { float32Tolerance, relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';

const stream = createRandom(2, 'gradients');
const normals = (length: number) => Float32Array.from({ length }, () => stream.normal());
const batch = { x: normals(4 * 8 * 8 * 3), y: [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0] };

/** conv, batch normalisation, ReLU, pool, conv with bias and stride, average pool, dense; always the same weights. */
function smallNet(): Sequential {
  const net = sequential({
    layers: [
      layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', useBias: false, inputShape: [8, 8, 3] }),
      layers.batchNormalization({}),
      layers.activation({ activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
      layers.globalAveragePooling2d({}),
      layers.dense({ units: 3 }),
    ],
  });
  const weights = createRandom(4, 'weights');
  const filled = net.getWeights().map(({ shape, size }) =>
    tensor(
      Float32Array.from({ length: size }, () => 0.5 + 0.3 * weights.normal()),
      shape,
    ),
  );
  net.setWeights(filled);
  for (const weight of filled) weight.dispose();
  return net;
}

/** The loss and its gradient for every weight, in the order in which the weights were made. */
function lossGradients(net: Sequential): Tensor[] {
  const { value, grads: byName } = variableGrads(() => {
    const logits = net.apply(tensor(batch.x, [4, 8, 8, 3]), { training: true });
    if (Array.isArray(logits)) throw new Error('one output expected');
    return losses.softmaxCrossEntropy<Tensor, Scalar>(tensor(batch.y, [4, 3]), logits as Tensor);
  });
  return [value, ...Object.values(byName)];
}

async function stepOn(backend: 'wasm' | 'cpu'): Promise<number[][]> {
  await setBackend(backend);
  const net = smallNet();
  const values = await valuesOn(backend, () => lossGradients(net));
  net.dispose();
  return values;
}

describe('the gradients that the lab registers', () => {
  beforeAll(startWasmAndCpu);

  it('are the same on WASM and cpu for every weight of a small network in training mode', async () => {
    const expected = await stepOn('cpu');
    const actual = await stepOn('wasm');
    expect(actual).toHaveLength(8); // loss, kernel, gamma, beta, kernel, bias, kernel, bias
    actual.forEach((values, index) =>
      expect(relativeError(values, expected[index]!), `gradient ${index}`).toBeLessThan(float32Tolerance),
    );
  });

  it('agree with central finite differences of the loss', async () => {
    await setBackend('wasm');
    const net = smallNet();
    const [, kernel, gamma, beta] = await valuesOn('wasm', () => lossGradients(net));
    const original = await Promise.all(net.getWeights().map(async (weight) => [...(await weight.data())]));
    const lossAt = async (weight: number, index: number, shift: number) => {
      const shifted = net.getWeights().map(({ shape }, at) => {
        const values = original[at]!;
        return tensor(at === weight ? values.with(index, values[index]! + shift) : values, shape);
      });
      net.setWeights(shifted);
      for (const weightTensor of shifted) weightTensor.dispose();
      const [loss] = await valuesOn('wasm', () => lossGradients(net).slice(0, 1));
      return loss![0]!;
    };
    const step = 0.01;
    for (const [weight, gradient, index] of [
      [0, kernel!, 5],
      [1, gamma!, 2],
      [2, beta!, 1],
    ] as const) {
      const slope = ((await lossAt(weight, index, step)) - (await lossAt(weight, index, -step))) / (2 * step);
      expect(gradient[index]).toBeCloseTo(slope, 2);
    }
    net.dispose();
  });

  it('never compute the gradient of the network input', async () => {
    await setBackend('wasm');
    const net = smallNet();
    const { kernels } = await profile(() => tidy(() => lossGradients(net)));
    net.dispose();
    const count = (name: string) => kernels.filter((kernel) => kernel.name === name).length;
    expect({ filter: count('Conv2DBackpropFilter'), input: count('Conv2DBackpropInput') }).toEqual({
      filter: 2,
      input: 1,
    });
  });

  it('leave no tensor behind in ten steps', async () => {
    await setBackend('wasm');
    const net = smallNet();
    const step = () => tidy(() => void lossGradients(net));
    step();
    const before = { tensors: memory().numTensors, data: engine().backend.numDataIds() };
    for (let i = 0; i < 10; i++) step();
    expect({ tensors: memory().numTensors, data: engine().backend.numDataIds() }).toEqual(before);
    net.dispose();
  });

  it.each([[[0]], [[1, 2]], [[0, 1, 2]], [[2]]])('spread a sum and a mean over axes %j', async (axes) => {
    const shape = [2, 3, 4];
    const inputs = { x: normals(24), factor: normals(24) };
    const compute = () => {
      const factor = tensor(inputs.factor, shape);
      const ofSum = grads((x) => sum(mul(sum(x, axes, true), factor)))([tensor(inputs.x, shape)]);
      const ofMean = grads((x) => sum(mul(mean(x, axes, true), factor)))([tensor(inputs.x, shape)]);
      return [...ofSum, ...ofMean];
    };
    // d(Σ f·Σx)/dx is the sum of f over the summed axes, at every position; for the mean divided by their number.
    const count = axes.reduce((product, axis) => product * shape[axis]!, 1);
    const [expected] = await valuesOn('cpu', () => [
      mul(sum(tensor(inputs.factor, shape), axes, true), tensor(new Float32Array(24).fill(1), shape)),
    ]);
    const [ofSum, ofMean] = await valuesOn('wasm', compute);
    expect(relativeError(ofSum!, expected!)).toBeLessThan(1e-6);
    expect(
      relativeError(
        ofMean!,
        expected!.map((value) => value / count),
      ),
    ).toBeLessThan(1e-6);
  });
});

describe('the gradient of batch normalisation', () => {
  beforeAll(startWasmAndCpu);
  const shape = [3, 2, 2, 4];
  const [n, c] = [12, 4];
  const epsilon = 1e-3;
  const x = normals(n * c);
  const dy = normals(n * c);
  const [mu, beta, gamma] = [normals(c), normals(c), normals(c)];
  const variance = normals(c).map((value) => 0.5 + value * value);

  it.each(['wasm', 'cpu'] as const)('equals the formula in float64 on %s', async (backend) => {
    const actual = await valuesOn(backend, () => {
      const parameters = [mu, variance, beta, gamma].map((values) => tensor(values, [c]));
      const f = (...[tx, m, v, b, g]: Tensor[]) => mul(batchNorm(tx!, m!, v!, b!, g!, epsilon), tensor(dy, shape));
      return grads((...inputs) => sum(f(...inputs)))([tensor(x, shape), ...parameters]);
    });
    const expected = byFormula();
    for (const [index, name] of (['x', 'mean', 'variance', 'offset', 'scale'] as const).entries()) {
      expect(relativeError(actual[index]!, expected[name]), name).toBeLessThan(float32Tolerance);
    }
  });

  /** Each value on its own: y = g·(x - m)/√(v + ε) + b, differentiated by hand. */
  function byFormula() {
    const result = {
      x: new Float64Array(n * c),
      mean: new Float64Array(c),
      variance: new Float64Array(c),
      offset: new Float64Array(c),
      scale: new Float64Array(c),
    };
    for (let i = 0; i < n * c; i++) {
      const k = i % c;
      const root = Math.sqrt(variance[k]! + epsilon);
      const centred = x[i]! - mu[k]!;
      result.x[i] = (dy[i]! * gamma[k]!) / root;
      result.mean[k]! -= (dy[i]! * gamma[k]!) / root;
      result.variance[k]! -= (dy[i]! * gamma[k]! * centred) / (2 * root ** 3);
      result.offset[k]! += dy[i]!;
      result.scale[k]! += (dy[i]! * centred) / root;
    }
    return result;
  }
});
