import '@tensorflow/tfjs-backend-webgpu';
import { env, setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { describeSnnlBatch } from '../testing/snnlBatchSuite';

const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
let dispatches = 0;

beforeAll(async () => {
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function count(...sizes) {
    dispatches++;
    return dispatch.apply(this, sizes);
  };
  env().set('WEBGPU_CPU_FORWARD', false);
  expect(await setBackend('webgpu')).toBe(true);
});

afterAll(() => {
  GPUComputePassEncoder.prototype.dispatchWorkgroups = dispatch;
  expect(dispatches).toBeGreaterThan(0);
});

describeSnnlBatch('webgpu');
