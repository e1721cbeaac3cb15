import { depthwiseConv2d, engine, grads, memory, mul, sum, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../foundation/random';
import { float32Tolerance, relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';

const cases = [1, 2, 3, 5].flatMap((kernel) =>
  [1, 2].flatMap((stride) =>
    (['same', 'valid'] as const).flatMap((pad) => [1, 2].map((multiplier) => ({ kernel, stride, pad, multiplier }))),
  ),
);

describe('the gradients of a depthwise convolution on WASM', () => {
  beforeAll(startWasmAndCpu);

  it.each(cases)('equal those of the cpu backend: kernel $kernel, stride $stride, $pad, ×$multiplier', async (c) => {
    const expected = await valuesOn('cpu', gradientsOf(c));
    const actual = await valuesOn('wasm', gradientsOf(c));
    actual.forEach((values, index) => expect(relativeError(values, expected[index]!)).toBeLessThan(float32Tolerance));
  });

  it('leave no tensor behind', async () => {
    await valuesOn('wasm', gradientsOf(cases[0]!));
    const before = { tensors: memory().numTensors, data: engine().backend.numDataIds() };
    await valuesOn('wasm', gradientsOf(cases[0]!));
    expect({ tensors: memory().numTensors, data: engine().backend.numDataIds() }).toEqual(before);
  });
});

function gradientsOf({ kernel, stride, pad, multiplier }: (typeof cases)[number]) {
  return () => {
    const stream = createRandom(6, 'depthwise');
    const draw = (shape: [number, number, number, number]) =>
      tensor4d(
        Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => stream.normal()),
        shape,
      );
    const x = draw([2, 7, 6, 3]);
    const filter = draw([kernel, kernel, 3, multiplier]);
    const factor = draw(depthwiseConv2d(x, filter, stride, pad).shape);
    return grads((tx, tf) => sum(mul(depthwiseConv2d(tx as Tensor4D, tf as Tensor4D, stride, pad), factor)))([
      x,
      filter,
    ]);
  };
}
