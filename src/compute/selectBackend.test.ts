import { add, getBackend, tensor1d } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import { describeInfo } from './describeAdapter';
import { selectBackend } from './selectBackend';

const wasmPath = `${wasmFolder()}/`;

const info = (words: Partial<GPUAdapterInfo>): GPUAdapterInfo => ({
  __brand: 'GPUAdapterInfo',
  vendor: '',
  architecture: '',
  device: '',
  description: '',
  subgroupMinSize: 4,
  subgroupMaxSize: 4,
  isFallbackAdapter: false,
  ...words,
});

afterEach(() => vi.unstubAllGlobals());

describe('selectBackend', () => {
  it('falls to WASM with a reason where there is no WebGPU, and computes on it', async () => {
    const backend = await selectBackend({ wasmPath });
    expect(backend).toMatchObject({ backend: 'wasm', device: 'CPU (WASM SIMD, 1 thread)', tfjsVersion: '4.22.0' });
    expect(backend.reason).toContain('No GPU adapter');
    expect(getBackend()).toBe('wasm');
    expect(Array.from(await add(tensor1d([1, 2]), tensor1d([3, 4])).data())).toEqual([4, 6]);
  });

  it('passes over software rendering and says so', async () => {
    vi.stubGlobal('navigator', {
      gpu: { requestAdapter: async () => ({ info: info({ vendor: 'google', architecture: 'swiftshader' }) }) },
    });
    const { backend, reason } = await selectBackend({ wasmPath });
    expect(backend).toBe('wasm');
    expect(reason).toContain('software rendering only (google swiftshader); WASM is faster');
  });

  it('refuses instead of changing silently when WebGPU is asked for and missing', async () => {
    await expect(selectBackend({ prefer: 'webgpu', wasmPath })).rejects.toMatchObject({ code: 'no-backend' });
  });

  it('refuses when tfjs cannot start the backend of a present adapter', async () => {
    vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => ({ info: info({ vendor: 'nvidia' }) }) } });
    await expect(selectBackend({ wasmPath })).rejects.toMatchObject({
      code: 'no-backend',
      details: { backend: 'webgpu' },
    });
  });

  it('gives the plain JavaScript backend only when asked', async () => {
    expect(await selectBackend({ prefer: 'cpu', wasmPath })).toMatchObject({ backend: 'cpu' });
    expect(getBackend()).toBe('cpu');
  });
});

describe('describeInfo', () => {
  it.each([
    [{ vendor: 'google', architecture: 'swiftshader' }, true],
    [{ vendor: 'mesa', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }, true],
    [{ vendor: 'intel', architecture: 'gen-12lp', isFallbackAdapter: true }, true],
    [{ vendor: 'microsoft', description: 'Microsoft Basic Render Driver' }, true],
    [{ vendor: 'nvidia', architecture: 'ampere' }, false],
    [{}, false],
  ])('tells software from hardware: %j', (words, isSoftware) => {
    expect(describeInfo(info(words)).isSoftware).toBe(isSoftware);
  });

  it('names an adapter that says nothing about itself', () => {
    expect(describeInfo(info({})).device).toBe('unnamed adapter');
  });
});
