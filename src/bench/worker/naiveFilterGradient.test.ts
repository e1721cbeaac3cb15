import {
  conv2d,
  grad,
  mul,
  randomNormal,
  registerKernel,
  sum,
  type Tensor,
  type Tensor4D,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { float32Tolerance, relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';
import { naiveFilterGradient } from './naiveFilterGradient';

const { kernelName, backendName } = naiveFilterGradient;

beforeAll(async () => {
  await startWasmAndCpu();
  unregisterKernel(kernelName, backendName);
  registerKernel(naiveFilterGradient);
});
afterAll(() => unregisterKernel(kernelName, backendName));

describe('the filter gradient that stock tfjs lacks', () => {
  it.each([
    { filter: [3, 3], stride: 1, padding: 'same' },
    { filter: [3, 3], stride: 2, padding: 'same' },
    { filter: [7, 7], stride: 2, padding: 'valid' },
    { filter: [1, 1], stride: 2, padding: 'valid' },
  ] as const)('equals cpu: $filter, stride $stride, $padding', async ({ filter, stride, padding }) => {
    const compute = () => {
      const x: Tensor4D = randomNormal([2, 11, 10, 3], 0, 1, 'float32', 1);
      const weights: Tensor4D = randomNormal([...filter, 3, 4], 0, 1, 'float32', 2);
      const weighted = (filters: Tensor) => {
        const maps = conv2d(x, filters as Tensor4D, stride, padding);
        return sum(mul(maps, randomNormal(maps.shape, 0, 1, 'float32', 3)));
      };
      return [grad(weighted)(weights)];
    };
    const [[onWasm], [onCpu]] = [await valuesOn('wasm', compute), await valuesOn('cpu', compute)];
    expect(relativeError(onWasm!, onCpu!)).toBeLessThan(float32Tolerance);
  });
});
