import { engine, grad, maxPool, memory, neg, relu, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../foundation/random';
import { relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';
import { poolGeometry } from './maxPoolGrad';
import { maxPoolGradReference } from './maxPoolGrad.reference';

type Shape = [number, number, number, number];

const shapes: Shape[] = [
  [1, 6, 6, 1],
  [2, 7, 9, 3],
  [5, 8, 5, 8],
];
const cases = [1, 2, 3, 5].flatMap((window) =>
  [1, 2, 3].flatMap((stride) =>
    (['same', 'valid'] as const).flatMap((pad) => shapes.map((shape) => ({ window, stride, pad, shape }))),
  ),
);

describe('the gradient of max pooling on WASM', () => {
  beforeAll(startWasmAndCpu);

  it.each(cases)('equals the definition: window $window, stride $stride, $pad, $shape', async (c) => {
    const { attrs, kernel, x, dy } = setUp(c);
    const expected = maxPoolGradReference(x, dy, poolGeometry(c.shape, attrs));
    const [dx] = await valuesOn('wasm', kernel);
    expect(relativeError(dx!, expected)).toBeLessThan(1e-6);
  });

  it('sends the gradient to the largest value when all values of a window are negative', async () => {
    const x = [-4, -3, -2, -5];
    const [dx] = await valuesOn('wasm', () => [
      grad((t) => maxPool<Tensor4D>(t as Tensor4D, 2, 2, 'valid'))(
        tensor4d(x, [1, 2, 2, 1]),
        tensor4d([7], [1, 1, 1, 1]),
      ),
    ]);
    expect(dx).toEqual([0, 0, 7, 0]);
  });

  it('sends the gradient to the first of equal values, as the cpu backend does', async () => {
    const compute = () => {
      const x = relu(neg(tensor4d(new Float32Array(2 * 6 * 6 * 3).fill(1), [2, 6, 6, 3])));
      return [grad((t) => maxPool<Tensor4D>(t as Tensor4D, 3, 2, 'same'))(x)];
    };
    expect(await valuesOn('wasm', compute)).toEqual(await valuesOn('cpu', compute));
  });

  it('leaves no tensor behind', async () => {
    const { kernel } = setUp(cases[10]!);
    await valuesOn('wasm', kernel);
    const before = { tensors: memory().numTensors, data: engine().backend.numDataIds() };
    await valuesOn('wasm', kernel);
    expect({ tensors: memory().numTensors, data: engine().backend.numDataIds() }).toEqual(before);
  });
});

function setUp({ window, stride, pad, shape }: (typeof cases)[number]) {
  const attrs = { filterSize: window, strides: stride, pad };
  const { outHeight, outWidth } = poolGeometry(shape, attrs);
  const outShape: Shape = [shape[0], outHeight, outWidth, shape[3]];
  const stream = createRandom(5, 'pool');
  const draw = (dims: Shape) => Float32Array.from({ length: dims.reduce((a, b) => a * b) }, () => stream.normal() - 1);
  const x = draw(shape);
  const dy = draw(outShape);
  const kernel = () => {
    const inputs = { dy: tensor4d(dy, outShape), input: tensor4d(x, shape), output: tensor4d(dy, outShape) };
    const dx: Tensor4D = engine().runKernel('MaxPoolGrad', inputs, attrs);
    return [dx];
  };
  return { attrs, kernel, x, dy };
}
