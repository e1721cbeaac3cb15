import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, env, setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { describeSnnlBatch } from '../testing/snnlBatchSuite';

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
