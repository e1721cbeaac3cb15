import { avgPool, engine, grad, memory, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmAndCpu, valuesOn } from '../../testing/computeOn';

beforeAll(startWasmAndCpu);

/** 2×2 windows with stride 2 over 3×3 pixels: of 4, 2, 2 and 1 pixels. */
const atUnevenBorder = () => [
  grad((x) => avgPool<Tensor4D>(x as Tensor4D, 2, 2, 'same'))(
    tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]),
    tensor4d([4, 2, 6, 5], [1, 2, 2, 1]),
  ),
];

describe('the gradient of average pooling', () => {
  it.each(['wasm', 'cpu'] as const)('is divided among the pixels on the image alone on %s', async (backend) => {
    expect(await valuesOn(backend, atUnevenBorder)).toEqual([[1, 1, 1, 1, 1, 1, 3, 3, 5]]);
  });

  it('leaves no tensor behind', async () => {
    await valuesOn('wasm', atUnevenBorder);
    const before = { tensors: memory().numTensors, data: engine().backend.numDataIds() };
    await valuesOn('wasm', atUnevenBorder);
    expect({ tensors: memory().numTensors, data: engine().backend.numDataIds() }).toEqual(before);
  });
});
