import {
  batchNorm,
  cast,
  clone,
  engine,
  grad,
  mean,
  memory,
  relu,
  sum,
  type Tensor,
  tensor,
  tile,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../foundation/random';
import { relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';

const stream = createRandom(11, 'sums');
const values = Float32Array.from({ length: 3 * 4 * 5 * 7 }, () => stream.normal());
const x = () => tensor(values, [3, 4, 5, 7]);

/** Runs the same ops on WASM and on the oracle. */
async function expectSame(compute: () => Tensor[]): Promise<void> {
  const expected = await valuesOn('cpu', compute);
  const actual = await valuesOn('wasm', compute);
  actual.forEach((result, index) => expect(relativeError(result, expected[index]!)).toBeLessThan(1e-6));
}

describe('the replaced WASM kernels', () => {
  beforeAll(startWasmAndCpu);

  it.each([[[0]], [[0, 1]], [[0, 1, 2]], [[2, 1, 0]], [[0, 1, 2, 3]], [[3]], [[1, 2]], [[-1]]])(
    'sum and average over axes %j as the cpu backend does',
    async (axes) => {
      await expectSame(() => [sum(x(), axes), mean(x(), axes), sum(x(), axes, true), mean(x(), axes, true)]);
    },
  );

  it('keep the shape of a reduction', async () => {
    await expectSame(() => {
      const kept = sum(x(), [0, 1, 2], true);
      expect(kept.shape).toEqual([1, 1, 1, 7]);
      expect(mean(x(), [0, 1]).shape).toEqual([5, 7]);
      return [kept];
    });
  });

  it.each([1, 2, 3, 4, 5, 6, 9, 130, 9000])('add up columns of every width: %i', async (columns) => {
    for (const rows of [1, 3, 90]) {
      const matrix = Float32Array.from({ length: rows * columns }, (_, i) => (i % columns) + 1);
      const [sums] = await valuesOn('wasm', () => [sum(tensor(matrix, [rows, columns]), 0)]);
      expect(Array.from(sums!)).toEqual(Array.from({ length: columns }, (_, c) => rows * (c + 1)));
    }
  });

  it('pass the gradient of ReLU on where its input is above 0, and nowhere else', async () => {
    const [dx] = await valuesOn('wasm', () => [
      grad((input: Tensor) => relu(input))(tensor([-1, 0, 2, 3, -0, 5e-30, -7]), tensor([1, 2, 3, 4, 5, 6, 7])),
    ]);
    expect(Array.from(dx!)).toEqual([0, 0, 3, 4, 0, 6, 0]);
  });

  it.each([[[2, 1, 1, 1]], [[1, 2, 1, 3]], [[3, 1, 2, 1]], [[1, 1, 1, 2]], [[1, 1, 1, 1]], [[2, 3, 2, 2]]])(
    'tile by %j as the cpu backend does',
    async (repeats) => {
      await expectSame(() => [tile(x(), repeats), tile(tensor(values.slice(0, 7), [1, 1, 1, 7]), repeats)]);
    },
  );

  it.each([true, false])('normalise a batch as the cpu backend does, with scale and offset: %s', async (affine) => {
    await expectSame(() => {
      const [mu, beta, gamma] = [values.slice(0, 7), values.slice(7, 14), values.slice(14, 21)];
      const variance = values.slice(21, 28).map((value) => value * value);
      const parts = [mu, variance, beta, gamma].map((part) => tensor(part, [7]));
      return [batchNorm(x(), parts[0]!, parts[1]!, affine ? parts[2] : undefined, affine ? parts[3] : undefined)];
    });
  });

  it('keep a clone alive when its source is gone', async () => {
    const [copy] = await valuesOn('wasm', () => {
      const source = tensor([1, 2, 3]);
      const kept = clone(source);
      source.dispose();
      return [kept];
    });
    expect(copy).toEqual([1, 2, 3]);
  });

  it('cast between types, and to the same type, as the cpu backend does', async () => {
    await expectSame(() => [cast(x(), 'int32'), cast(x(), 'float32'), cast(cast(x(), 'bool'), 'float32')]);
  });

  it('leave no tensor behind', async () => {
    const all = () => [sum(x(), [0, 1]), tile(x(), [1, 2, 1, 1]), clone(x()), cast(x(), 'float32')];
    await valuesOn('wasm', all);
    const before = { tensors: memory().numTensors, data: engine().backend.numDataIds() };
    await valuesOn('wasm', all);
    expect({ tensors: memory().numTensors, data: engine().backend.numDataIds() }).toEqual(before);
  });
});
