import { getBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCompute } from '../../compute/startCompute';
import { withBackend } from '../../compute/withBackend';
import { createSilentContext } from '../../foundation/createJobControl';
import fairAdaBn from '../../testing/golden/fairadabn.json';
import snnl from '../../testing/golden/snnl.json';
import snnlDataset from '../../testing/golden/snnl_dataset.json';
import surgery from '../../testing/golden/surgery.json';
import { verifyVectors } from './verifyVectors';

const wasmPath = '/wasm/';
const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
let dispatches = 0;

beforeAll(async () => {
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function count(...sizes) {
    dispatches++;
    return dispatch.apply(this, sizes);
  };
  await startCompute({ prefer: 'wasm', wasmPath });
});

afterAll(() => {
  GPUComputePassEncoder.prototype.dispatchWorkgroups = dispatch;
});

it.each([
  ['snnl.json', snnl],
  ['snnl_dataset.json', snnlDataset],
  ['surgery.json', surgery],
  ['fairadabn.json', fairAdaBn],
])('finds WASM and WebGPU within tolerance on %s, on the GPU itself, and returns to WASM', async (name, json) => {
  dispatches = 0;
  const checks = await verifyVectors(
    [{ name, text: JSON.stringify(json) }],
    (backend, work) => withBackend(backend, wasmPath, work),
    createSilentContext(),
    () => undefined,
  );
  const tensorChecks = checks.filter((check) => check.skipped === null && check.implementation !== 'reference');
  expect(tensorChecks.map(({ implementation, passed }) => `${implementation} ${passed}`)).toEqual([
    'wasm true',
    'webgpu true',
  ]);
  expect(dispatches).toBeGreaterThan(0);
  expect(getBackend()).toBe('wasm');
});
