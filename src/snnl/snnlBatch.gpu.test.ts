import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  backend,
  env,
  type MemoryInfo,
  memory,
  randomNormal,
  setBackend,
  type Tensor4D,
  tensor4d,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeSnnlBatch, expectAllClose, float32Tolerance, seededBatch } from '../testing/snnlBatchSuite';
import { snnlAnchorLosses, snnlBatch } from './snnlBatch';
import { type SnnlOptions, snnlPresets } from './snnlOptions';
import { snnlReference } from './snnlReference';
import { anchorLossesOnWebGpu, snnlOnWebGpu } from './webgpu/snnlOnWebGpu';

const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
const faults: string[] = [];
let dispatches = 0;

beforeAll(async () => {
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function count(...sizes) {
    dispatches++;
    return dispatch.apply(this, sizes);
  };
  env().set('WEBGPU_CPU_FORWARD', false);
  expect(await setBackend('webgpu')).toBe(true);
  const present = backend();
  if (!(present instanceof WebGPUBackend)) throw new Error('the backend is not WebGPU');
  present.device.addEventListener('uncapturederror', ({ error }) => faults.push(error.message));
});

// Faults of the device reach no promise: without this look a bad shader would only give wrong numbers.
afterAll(() => {
  GPUComputePassEncoder.prototype.dispatchWorkgroups = dispatch;
  expect(dispatches).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});

describeSnnlBatch('webgpu');

it.each([
  [2, 1, 1, 1],
  [65, 3, 3, 70],
  [6, 1, 1, 2048],
  [512, 1, 1, 2],
  [128, 8, 8, 512],
])(
  'a batch of %i maps of %i×%i in %i channels takes five dispatches, or four where T is a number, and one read',
  async (...shape) => {
    const maps = randomNormal(shape, 0, 1, 'float32', 1) as Tensor4D;
    await maps.data();
    const groups = Int32Array.from({ length: shape[0] }, (_, i) => i % 2);
    const reads: GPUBuffer[] = [];
    const mapAsync = GPUBuffer.prototype.mapAsync;
    GPUBuffer.prototype.mapAsync = function count(...range) {
      reads.push(this);
      return mapAsync.apply(this, range);
    };
    for (const options of Object.values(snnlPresets)) {
      [dispatches, reads.length] = [0, 0];
      await snnlBatch(maps, groups, options);
      expect(dispatches).toBe(dispatchesOf(options));
      expect(reads).toHaveLength(1);
      expect(reads[0]!.size).toBeLessThanOrEqual(Math.max(256, 2 * 4 * shape[3]));
    }
    GPUBuffer.prototype.mapAsync = mapAsync;
    maps.dispose();
  },
);

it('writes nothing that grows with the square of the batch', async () => {
  const [of128, of256] = [await sizesWritten(128), await sizesWritten(256)];
  // Points with offsets, T in shares, four numbers per anchor for each of sixteen slices, losses, and the two sums.
  expect(of128).toEqual([3 * 5 * 128, 3 * 4, 16 * 3 * 128 * 4, 128 * 3, 2 * 3]);
  expect(of256).toEqual([3 * 5 * 256, 3 * 4, 16 * 3 * 256 * 4, 256 * 3, 2 * 3]);
});

/** Values that each shader writes for a batch of 2×2 maps in three channels. */
async function sizesWritten(images: number): Promise<number[]> {
  const present = backend() as WebGPUBackend;
  const run = present.runWebGPUProgram.bind(present);
  const sizes: number[] = [];
  present.runWebGPUProgram = (program, ...rest) => {
    sizes.push(program.outputShape.reduce((a, b) => a * b, 1));
    return run(program, ...rest);
  };
  const { maps, groups } = seededTensor(1, [images, 2, 2, 3]);
  await snnlBatch(maps, groups, snnlPresets.paper);
  Reflect.deleteProperty(present, 'runWebGPUProgram');
  maps.dispose();
  return sizes;
}

it.each([
  [1, 7],
  [3 * 5 * 16 * 2, 4],
  [Number.MAX_SAFE_INTEGER, 1],
])('gives the same where gathered maps may take %i bytes, in %i chunks of channels', async (chunkBytes, chunks) => {
  const { maps, groups, batch } = seededTensor(2, [12, 2, 2, 7]);
  for (const options of Object.values(snnlPresets)) {
    const expected = snnlReference(batch, options);
    dispatches = 0;
    const { losses, temperatures } = await snnlOnWebGpu(maps, groups, options, chunkBytes);
    // One more puts the chunks side by side.
    expect(dispatches).toBe(chunks * dispatchesOf(options) + (chunks > 1 ? 1 : 0));
    expectAllClose(losses, [...expected.losses], float32Tolerance);
    expectAllClose(temperatures, [...expected.temperatures], float32Tolerance);
    const ofAnchors = await anchorLossesOnWebGpu(maps, groups, options, chunkBytes);
    const inOrder = Array.from({ length: 12 * 7 }, (_, i) => expected.anchorLosses[i % 7]![Math.floor(i / 7)]!);
    expectAllClose(ofAnchors, inOrder, float32Tolerance);
  }
  maps.dispose();
});

it.each(Object.entries(snnlPresets))(
  'gives no number for maps whose squares leave float32 (%s)',
  async (_, options) => {
    const { maps: moderate, batch, groups } = seededTensor(4, [9, 2, 2, 3]);
    moderate.dispose();
    const large = Float32Array.from(batch.maps, (value, i) => (i % 3 === 1 ? value * 1e25 : value));
    const maps = tensor4d(large, [9, 2, 2, 3]);
    const { losses } = await snnlBatch(maps, groups, options);
    const expected = snnlReference(batch, options).losses;
    expectAllClose(losses, [expected[0]!, Number.NaN, expected[2]!], float32Tolerance);
    maps.dispose();
  },
);

it('leaves no memory of the device taken', async () => {
  const { maps, groups } = seededTensor(3, [33, 3, 3, 5]);
  await maps.data();
  for (const options of Object.values(snnlPresets)) {
    await snnlBatch(maps, groups, options);
    const before = bytesTaken();
    for (let run = 0; run < 5; run++) {
      await snnlBatch(maps, groups, options);
      await snnlAnchorLosses(maps, groups, options);
    }
    expect(bytesTaken()).toEqual(before);
  }
  maps.dispose();
});

/** Shaders for one chunk of channels; `auto` has one of its own. */
function dispatchesOf({ temperature }: SnnlOptions): number {
  return temperature === 'auto' ? 5 : 4;
}

/** By tensors, and by buffers of the device that are in use. */
function bytesTaken(): number[] {
  const { numBytes, numBytesInGPU } = memory() as MemoryInfo & { numBytesInGPU: number };
  return [numBytes, numBytesInGPU];
}

function seededTensor(seed: number, shape: [number, number, number, number]) {
  const batch = seededBatch(seed, shape, [0, 1]);
  return { maps: tensor4d(Float32Array.from(batch.maps), shape), groups: Int32Array.from(batch.groups), batch };
}
