import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, env, randomNormal, setBackend, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeSnnlBatch, seededBatch } from '../testing/snnlBatchSuite';
import { snnlBatch } from './snnlBatch';
import { snnlPresets } from './snnlOptions';

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
])('a batch of %i maps of %i×%i in %i channels takes four dispatches and one read', async (...shape) => {
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
    expect(dispatches).toBe(4);
    expect(reads).toHaveLength(1);
    expect(reads[0]!.size).toBeLessThanOrEqual(Math.max(256, 2 * 4 * shape[3]));
  }
  GPUBuffer.prototype.mapAsync = mapAsync;
  maps.dispose();
});

it('writes nothing that grows with the square of the batch', async () => {
  const present = backend() as WebGPUBackend;
  const run = present.runWebGPUProgram.bind(present);
  const sizes: number[] = [];
  present.runWebGPUProgram = (program, ...rest) => {
    sizes.push(program.outputShape.reduce((a, b) => a * b, 1));
    return run(program, ...rest);
  };
  const { batch, height, width, channels, maps, groups } = seededBatch(1, [96, 2, 2, 3], [0, 1]);
  const values = tensor4d(Float32Array.from(maps), [batch, height, width, channels]);
  await snnlBatch(values, Int32Array.from(groups), snnlPresets.paper);
  Reflect.deleteProperty(present, 'runWebGPUProgram');
  values.dispose();
  // Maps, factors with offsets, losses of the anchors, and the summary.
  expect(sizes).toEqual([96 * 4 * 3, 3 * (2 * 96 + 2), 3 * 96, 2 * 3]);
});
