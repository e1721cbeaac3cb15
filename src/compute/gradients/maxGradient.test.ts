import { grad, max, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmAndCpu, valuesOn } from '../../testing/computeOn';

beforeAll(startWasmAndCpu);

describe.each(['wasm', 'cpu'] as const)('the gradient of the largest value on %s', (backend) => {
  it('is shared out evenly among equal largest values', async () => {
    const x = [3, 3, 1, 3, 0, 0, 0, 0, -2, -7, -3, -4];
    const [dx] = await valuesOn(backend, () => [grad((t: Tensor) => max(t, 1))(tensor(x, [3, 4]), tensor([6, 4, 5]))]);
    expect(dx).toEqual([2, 2, 0, 2, 1, 1, 1, 1, 5, 0, 0, 0]);
  });

  it('adds up to dY for each channel of a map of one colour', async () => {
    const map = Array.from({ length: 2 * 3 * 2 }, (_, i) => i % 2);
    const pool = layers.globalMaxPooling2d({});
    const [dx] = await valuesOn(backend, () => [
      grad((t: Tensor) => pool.apply(t) as Tensor)(tensor(map, [1, 2, 3, 2]), tensor([12, 24], [1, 2])),
    ]);
    expect(dx).toEqual([2, 4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 4]);
  });

  it('is found over all axes, and where the axes are kept', async () => {
    const x = () => tensor([1, 5, 5, 2], [2, 2]);
    const [whole, kept] = await valuesOn(backend, () => [
      grad((t: Tensor) => max(t))(x(), tensor(8)),
      grad((t: Tensor) => max(t, [0, 1], true))(x(), tensor([8], [1, 1])),
    ]);
    expect(whole).toEqual([0, 4, 4, 0]);
    expect(kept).toEqual([0, 4, 4, 0]);
  });
});
