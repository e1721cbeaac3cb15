import { add, getBackend, tensor1d } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import { snnlCheck } from '../snnl/snnlCheck';
import { describeInfo } from './describeAdapter';
import { opChecks } from './selfTest/opChecks';
import { startCompute } from './startCompute';

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

/** tfjs computes 3, as arithmetic has it: a check that wants 4 stands for a backend that is wrong. */
const wrongSum = {
  name: 'sum of 1 and 2',
  expected: { output: [4] },
  compute: async () => ({ output: await add(1, 2).data<'float32'>() }),
};

function stubHardwareAdapter(): void {
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => ({ info: info({ vendor: 'nvidia' }) }) } });
}

afterEach(() => vi.unstubAllGlobals());

describe('startCompute', () => {
  it('falls to WASM with a reason where there is no WebGPU, and computes on it', async () => {
    const backend = await startCompute({ wasmPath });
    expect(backend).toMatchObject({ backend: 'wasm', device: 'CPU (SIMD, 1 thread)', tfjsVersion: '4.22.0' });
    expect(backend.reason).toContain('No GPU adapter');
    expect(getBackend()).toBe('wasm');
    expect(Array.from(await add(tensor1d([1, 2]), tensor1d([3, 4])).data())).toEqual([4, 6]);
  });

  it('passes over software rendering and says so', async () => {
    vi.stubGlobal('navigator', {
      gpu: { requestAdapter: async () => ({ info: info({ vendor: 'google', architecture: 'swiftshader' }) }) },
    });
    const { backend, reason } = await startCompute({ wasmPath });
    expect(backend).toBe('wasm');
    expect(reason).toContain('software rendering only (google swiftshader); WASM is faster');
  });

  it('refuses instead of changing silently when WebGPU is asked for and missing', async () => {
    await expect(startCompute({ prefer: 'webgpu', wasmPath })).rejects.toMatchObject({ code: 'no-backend' });
  });

  it('goes on with WASM when tfjs cannot start the adapter that is there, and says so', async () => {
    stubHardwareAdapter();
    const { backend, reason } = await startCompute({ wasmPath });
    expect(backend).toBe('wasm');
    expect(reason).toMatch(/^The webgpu backend cannot be used: .*\. WASM is used instead\./);
  });

  it('refuses with every reason when no backend of the ladder starts', async () => {
    stubHardwareAdapter();
    const failure = await startCompute({ wasmPath, selfTest: [wrongSum] }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'backend-failed', details: { backend: 'wasm', failed: 1, checks: 1 } });
    expect(failure).toMatchObject({ message: expect.stringContaining('The webgpu backend cannot be used') });
  });

  it('gives the plain JavaScript backend only when asked', async () => {
    expect(await startCompute({ prefer: 'cpu', wasmPath })).toMatchObject({ backend: 'cpu' });
    expect(getBackend()).toBe('cpu');
  });
});

describe('the self-test at the start', () => {
  it('is reported when every check holds', async () => {
    const { selfTest } = await startCompute({ prefer: 'wasm', wasmPath, selfTest: [...opChecks, snnlCheck] });
    expect(selfTest).toMatchObject({ checks: 18, failures: [] });
    expect((await startCompute({ prefer: 'wasm', wasmPath })).selfTest).toBeNull();
  });

  it('refuses a backend that was asked for and computes wrong values, naming the worst part', async () => {
    await expect(startCompute({ prefer: 'wasm', wasmPath, selfTest: [wrongSum] })).rejects.toMatchObject({
      code: 'backend-failed',
      message:
        'The wasm backend fails 1 of 1 checks on this device (worst: sum of 1 and 2, output: off by 25 % of its largest value).',
    });
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
