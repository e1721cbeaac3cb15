import { backend, engine, env, getBackend, matMul, setBackend, tensor2d } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabError } from '../foundation/labError';
import { startCompute } from './startCompute';
import { watchDevice } from './watchDevice';

const wasmPath = '/wasm/';

function webgpu(): WebGPUBackend {
  const current = backend();
  if (current instanceof WebGPUBackend) return current;
  throw new Error(`the test runs on ${getBackend()}`);
}

describe('computing in the browser', () => {
  it('honours a wish for WebGPU even when it is rendered in software', async () => {
    const chosen = await startCompute({ prefer: 'webgpu', wasmPath });
    expect(chosen).toMatchObject({ backend: 'webgpu', reason: 'WebGPU was asked for.' });
    expect(chosen.device).not.toBe('');
    expect(getBackend()).toBe('webgpu');
  });
});
