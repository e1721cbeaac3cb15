import '@tensorflow/tfjs-backend-cpu';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  backend,
  conv2d,
  env,
  getBackend,
  grads,
  matMul,
  memory,
  setBackend,
  sum,
  type Tensor4D,
  tensor,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LabError } from '../foundation/labError';
import { createRandom } from '../foundation/random';
import { snnlCheck } from '../snnl/snnlCheck';
import { deviceLossBehind } from './deviceLoss';
import { opChecks } from './selfTest/opChecks';
import { runSelfTest } from './selfTest/runSelfTest';
import { startCompute } from './startCompute';
import { hasFusedMultiplyAdd } from './wasm/simd/assemble';
import { watchDevice } from './watchDevice';

const wasmPath = '/wasm/';
const stream = createRandom(9, 'gpu');
const normals = (length: number) => Float32Array.from({ length }, () => stream.normal());

function webgpu(): WebGPUBackend {
  const current = backend();
  if (current instanceof WebGPUBackend) return current;
  throw new Error(`the test runs on ${getBackend()}`);
}

afterEach(() => vi.restoreAllMocks());

describe('WASM in the browser', () => {
  it('is chosen over software rendering, with the reason, and computes and trains', async () => {
    const chosen = await startCompute({ wasmPath, selfTest: [...opChecks, snnlCheck] });
    expect(chosen).toMatchObject({ backend: 'wasm', selfTest: { checks: 18, failures: [] } });
    expect(chosen.reason).toContain('software rendering only');
    expect(Array.from(await product().data())).toEqual([19, 22, 43, 50]);
    await expectConvGradients('wasm');
  });
});

describe('the fused multiply-add of WASM', () => {
  it('is there in this browser, named in the device, and gives a filter gradient to the last digits', async () => {
    expect(hasFusedMultiplyAdd()).toBe(true);
    expect((await startCompute({ prefer: 'wasm', wasmPath })).device).toBe('CPU (SIMD + FMA, 1 thread)');
    await expectConvGradients('wasm');
  });
});

describe('WebGPU in the browser', () => {
  beforeAll(async () => {
    const chosen = await startCompute({ prefer: 'webgpu', wasmPath, selfTest: [...opChecks, snnlCheck] });
    expect(chosen).toMatchObject({ backend: 'webgpu', selfTest: { checks: 18, failures: [] } });
    expect(chosen.reason).toMatch(/^WebGPU was asked for\. Verified on this device: 18 checks in \d+\.\d s\.$/);
    expect(chosen.device).not.toBe('');
    // Without this, tensors below a thousand values never reach the GPU.
    env().set('WEBGPU_CPU_FORWARD', false);
  });

  it('runs the self-test on the GPU itself, whatever its size, and leaves no tensor behind', async () => {
    const dispatches = vi.spyOn(webgpu(), 'runWebGPUProgram');
    const before = memory().numTensors;
    expect((await runSelfTest(opChecks.slice(-1))).failures).toEqual([]);
    expect(dispatches).toHaveBeenCalled();
    expect(memory().numTensors).toBe(before);
  });

  it('multiplies matrices on the GPU', async () => {
    const dispatches = vi.spyOn(webgpu(), 'runWebGPUProgram');
    expect(Array.from(await product().data())).toEqual([19, 22, 43, 50]);
    expect(dispatches).toHaveBeenCalled();
  });

  it('gives the convolution gradients of the cpu backend', async () => {
    const dispatches = vi.spyOn(webgpu(), 'runWebGPUProgram');
    await expectConvGradients('webgpu');
    expect(dispatches.mock.calls.length).toBeGreaterThan(2);
  });

  it('reports an error of the GPU instead of going on with zeros', async () => {
    const { device } = webgpu();
    const { first, end } = firstReport();
    provokeError(device);
    expect(await first).toMatchObject({ code: 'backend-failed' });
    end();
  });

  it('names a buffer that the device cannot make as memory that ran out, with what to do', async () => {
    const { device } = webgpu();
    const { first, end } = firstReport();
    device.createBuffer({ size: 4 * (device.limits.maxBufferSize + 1), usage: GPUBufferUsage.STORAGE });
    // What the browser has noted of it is told when work is sent.
    device.queue.submit([]);
    expect(await first).toMatchObject({ code: 'out-of-memory', hint: expect.stringMatching(/smaller batch.*WASM/) });
    end();
  });

  it('names a GPU whose memory is full likewise', async () => {
    const { first, end } = firstReport();
    const error = new GPUOutOfMemoryError('Allocation of 4 GiB failed.');
    webgpu().device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
    expect(await first).toMatchObject({ code: 'out-of-memory', message: expect.stringContaining('4 GiB') });
    end();
  });

  it('reports nothing after the watch has ended', async () => {
    const { device } = webgpu();
    const reports: LabError[] = [];
    watchDevice((error) => reports.push(error))();
    const heard = new Promise((resolve) => device.addEventListener('uncapturederror', resolve, { once: true }));
    provokeError(device);
    await heard;
    expect(reports).toEqual([]);
  });

  it('leaves an error alone that has nothing to do with the device', async () => {
    expect(await deviceLossBehind(new LabError({ code: 'cancelled', message: 'm', hint: 'h' }))).toBeNull();
  });

  it('finds the lost device behind a read that was under way, which is rejected without naming it', async () => {
    const reading = product().data();
    webgpu().device.destroy();
    const thrown: unknown = await reading.catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'AbortError' });
    expect(await deviceLossBehind(thrown)).toMatchObject({ code: 'device-lost' });
  });

  it('reports a lost device', async () => {
    const { first, end } = firstReport();
    webgpu().device.destroy();
    expect(await first).toBeInstanceOf(LabError);
    expect(await first).toMatchObject({ code: 'device-lost', details: { reason: 'destroyed' } });
    end();
  });
});

function firstReport(): { first: Promise<LabError>; end: () => void } {
  let end = () => {};
  const first = new Promise<LabError>((resolve) => {
    end = watchDevice(resolve);
  });
  return { first, end };
}

/** An invalid shader; the browser tells of it once the queue is flushed. */
function provokeError(device: GPUDevice): void {
  device.createShaderModule({ code: 'this is not WGSL' });
  device.queue.submit([]);
}

/** [[1, 2], [3, 4]] · [[5, 6], [7, 8]] */
function product() {
  return matMul(tensor([1, 2, 3, 4], [2, 2]), tensor([5, 6, 7, 8], [2, 2]));
}

async function expectConvGradients(name: 'webgpu' | 'wasm'): Promise<void> {
  const [image, weights] = [normals(2 * 6 * 5 * 3), normals(3 * 3 * 3 * 4)];
  const gradientsOn = async (backendName: string) => {
    expect(await setBackend(backendName)).toBe(true);
    const results = grads((x, w) => sum(conv2d(x as Tensor4D, w as Tensor4D, 2, 'same')))([
      tensor(image, [2, 6, 5, 3]),
      tensor(weights, [3, 3, 3, 4]),
    ]);
    return Promise.all(results.map((result) => result.data()));
  };
  const actual = await gradientsOn(name);
  const expected = await gradientsOn('cpu');
  await setBackend(name);
  for (const [index, values] of actual.entries()) {
    const worst = Math.max(...values.map((value, i) => Math.abs(value - expected[index]![i]!)));
    expect(worst).toBeLessThan(1e-5);
  }
}
