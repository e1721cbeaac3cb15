import { conv2d, fused, gather, memory, ones, type Tensor4D, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmFolder } from '../../../scripts/wasmFiles.mjs';
import { startCompute } from '../startCompute';

beforeAll(() => startCompute({ prefer: 'wasm', wasmPath: `${wasmFolder()}/` }));

describe('gather on WASM', () => {
  it('gives a bias that a convolution accepts', async () => {
    const x = ones([1, 2, 2, 1]) as Tensor4D;
    const filter = ones([1, 1, 1, 2]) as Tensor4D;
    const bias = gather(tensor1d([10, 20, 30]), [2, 0]);
    const withBias = fused.conv2d({ x, filter, strides: 1, pad: 'same', bias });
    const without = conv2d(x, filter, 1, 'same');
    expect([...(await without.data())].slice(0, 2)).toEqual([1, 1]);
    expect([...(await withBias.data())].slice(0, 2)).toEqual([31, 11]);
  });

  it('picks along any axis and leaves one tensor', async () => {
    const x = tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const before = memory();
    const picked = gather(x, tensor1d([2, 0], 'int32'), 1);
    expect(picked.shape).toEqual([2, 2]);
    expect([...(await picked.data())]).toEqual([3, 1, 6, 4]);
    // The result and the indices.
    expect(memory().numTensors - before.numTensors).toBe(2);
    expect(memory().numDataBuffers - before.numDataBuffers).toBe(2);
  });
});
