import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, getBackend, setBackend, version_core } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import { LabError } from '../foundation/labError';
import { describeAdapter } from './describeAdapter';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** Where the lab computes, and why there. Goes into every run record. */
export interface Backend {
  backend: BackendName;
  /** The adapter's own words on WebGPU, the instruction set on WASM. */
  device: string;
  /** Why this backend, in plain words for the user. */
  reason: string;
  tfjsVersion: string;
}

export interface BackendOptions {
  /** A backend to use whatever is faster. `cpu` is for tests only: it is never chosen by itself. */
  prefer?: BackendName;
  /** Folder that serves the tfjs WASM binaries, with a slash at the end. */
  wasmPath: string;
}

/**
 * Chooses the tfjs backend and makes it ready: WebGPU on a real GPU, else WASM. A GPU that is rendered in software is
 * passed over unless it is asked for.
 * @returns the backend that tfjs now computes on
 * @throws `no-backend` when the one asked for, or every one of the ladder, cannot start: nothing is chosen silently
 */
export async function selectBackend({ prefer, wasmPath }: BackendOptions): Promise<Backend> {
  if (prefer === 'cpu') return startCpu();
  if (prefer === 'wasm') return startWasm(wasmPath, 'WASM was asked for.');
  const adapter = await describeAdapter();
  if (prefer === 'webgpu') {
    if (!adapter) throw noBackend('webgpu', 'this browser offers no WebGPU adapter');
    return startWebGpu(adapter.device, 'WebGPU was asked for.');
  }
  if (!adapter) return startWasm(wasmPath, 'No GPU adapter: this browser offers no WebGPU here.');
  if (adapter.isSoftware) {
    return startWasm(
      wasmPath,
      `No GPU adapter: the browser offers software rendering only (${adapter.device}); WASM is faster.`,
    );
  }
  return startWebGpu(adapter.device, 'A GPU adapter is present.');
}

async function startWebGpu(device: string, reason: string): Promise<Backend> {
  await start('webgpu');
  return { backend: 'webgpu', device, reason, tfjsVersion: version_core };
}

async function startWasm(wasmPath: string, reason: string): Promise<Backend> {
  setWasmPaths(wasmPath);
  // The threaded build does not survive minification, and the flag alone decides which build is loaded.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setThreadsCount(1);
  const hasSimd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  if (!hasSimd) throw noBackend('wasm', 'this browser runs WebAssembly without vector instructions (SIMD)');
  await start('wasm');
  return {
    backend: 'wasm',
    device: 'CPU (WASM SIMD, 1 thread)',
    reason: `${reason} One thread: the threaded build is not used.`,
    tfjsVersion: version_core,
  };
}

async function startCpu(): Promise<Backend> {
  await import('@tensorflow/tfjs-backend-cpu');
  await start('cpu');
  return {
    backend: 'cpu',
    device: 'CPU (plain JavaScript)',
    reason: 'The plain JavaScript backend was asked for.',
    tfjsVersion: version_core,
  };
}

/** `setBackend` resolves to false on failure while `getBackend` already names the backend: both are checked. */
async function start(backend: BackendName): Promise<void> {
  const isReady = await setBackend(backend).catch((error: unknown) => {
    throw noBackend(backend, error instanceof Error ? error.message : String(error), error);
  });
  if (!isReady) throw noBackend(backend, 'it did not start');
  if (getBackend() !== backend) throw noBackend(backend, `tfjs computes on ${getBackend()} instead`);
}

const hints: Record<BackendName, string> = {
  webgpu: 'Choose WASM, or use a browser with WebGPU switched on.',
  wasm: 'Use a current browser, and check that the server delivers the files under /wasm/.',
  cpu: 'Install the development dependencies.',
};

function noBackend(backend: BackendName, why: string, cause?: unknown): LabError {
  return new LabError({
    code: 'no-backend',
    stage: 'starting the compute backend',
    message: `The ${backend} backend cannot be used: ${why}.`,
    hint: hints[backend],
    details: { backend },
    cause,
  });
}
