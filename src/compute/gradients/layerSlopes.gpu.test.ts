import '@tensorflow/tfjs-backend-cpu';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, env, setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layerSlopes } from '../../testing/layerSlopes';
import { slopeOf } from '../../testing/slopeOf';
import { startCompute } from '../startCompute';

const faults: string[] = [];

beforeAll(async () => {
  await setBackend('cpu');
  await startCompute({ prefer: 'webgpu', wasmPath: '/wasm/' });
  env().set('WEBGPU_CPU_FORWARD', false);
  (backend() as WebGPUBackend).device.addEventListener('uncapturederror', ({ error }) => faults.push(error.message));
});

// Faults of the device reach no promise.
afterAll(() => expect(faults).toEqual([]));

describe('on webgpu the gradient is the slope that finite differences find', () => {
  it.each(layerSlopes.map((layer) => [layer.name, layer] as const))('of %s', async (_, layer) => {
    const { gradient, differences } = await slopeOf(layer);
    const scale = differences.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const worst = differences.reduce((most, value, i) => Math.max(most, Math.abs(value - gradient[i]!)), 0);
    expect(worst / scale).toBeLessThan(1e-4);
  });
});
