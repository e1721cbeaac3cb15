import { avgPool, conv2d, depthwiseConv2d, fused, maxPool, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../foundation/random';
import { float32Tolerance, relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';

const stream = createRandom(8, 'forward');
const normals = (length: number) => Float32Array.from({ length }, () => stream.normal());
const image = normals(2 * 7 * 8 * 3);
const x = () => tensor4d(image, [2, 7, 8, 3]);

const cases = [1, 2, 3, 5].flatMap((kernel) =>
  [1, 2, 3, 4].flatMap((stride) => (['same', 'valid', 1] as const).map((pad) => ({ kernel, stride, pad }))),
);

describe('forward passes on WASM', () => {
  beforeAll(startWasmAndCpu);

  it.each(cases)('convolve as the cpu backend does: kernel $kernel, stride $stride, pad $pad', async (c) => {
    const weights = normals(c.kernel * c.kernel * 3 * 2);
    const compute = () => {
      const filter = tensor4d(weights, [c.kernel, c.kernel, 3, 2]);
      return [
        conv2d(x(), filter, c.stride, c.pad),
        fused.conv2d({ x: x(), filter, strides: c.stride, pad: c.pad, activation: 'relu' }),
        depthwiseConv2d(x(), filter, c.stride, c.pad),
      ];
    };
    const expected = await valuesOn('cpu', compute);
    const actual = await valuesOn('wasm', compute);
    actual.forEach((values, index) => expect(relativeError(values, expected[index]!)).toBeLessThan(float32Tolerance));
  });

  it.each(cases.filter(({ kernel, pad }) => pad !== 1 || kernel > 1))(
    'pool as the cpu backend does: window $kernel, stride $stride, pad $pad',
    async ({ kernel, stride, pad }) => {
      const compute = () => [maxPool<Tensor4D>(x(), kernel, stride, pad), avgPool<Tensor4D>(x(), kernel, stride, pad)];
      const expected = await valuesOn('cpu', compute);
      const actual = await valuesOn('wasm', compute);
      actual.forEach((values, index) => expect(relativeError(values, expected[index]!)).toBeLessThan(float32Tolerance));
    },
  );

  it('refuse a pooling that is padded by its whole window, instead of giving wrong values', async () => {
    await expect(valuesOn('wasm', () => [maxPool<Tensor4D>(x(), 2, 2, 2)])).rejects.toMatchObject({
      code: 'config-invalid',
    });
    await expect(valuesOn('wasm', () => [avgPool<Tensor4D>(x(), 2, 1, 3)])).rejects.toMatchObject({
      code: 'config-invalid',
    });
  });
});
