import { type BackendWasm, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { backend as currentBackend, env, getBackend, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import { serverLoss } from '../foundation/askServer';
import type { LabError } from '../foundation/labError';
import type { BackendName } from './backendName';
import { registerGradients } from './gradients/registerGradients';
import { noBackend } from './noBackend';
import { guardAllocation } from './wasm/guardAllocation';
import { registerWasmGradients } from './wasm/registerWasmGradients';
import { registerWebGpuTraining } from './webgpu/training/registerWebGpuTraining';

/**
 * Makes a tfjs backend ready and the one in use, with the kernels and gradients that training on it needs.
 * @param wasmPath folder that serves the tfjs WASM binaries, with a slash at the end
 * @throws `no-backend` when it cannot start here, `server-unreachable` when that is because the server of the WASM binaries
 *   has gone
 */
export async function startBackend(backend: BackendName, wasmPath: string): Promise<void> {
  if (backend === 'wasm') await prepareWasm(wasmPath);
  if (backend === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  try {
    await start(backend);
  } catch (refusal) {
    // tfjs does not tell a binary that did not arrive from one that does not run.
    throw (backend === 'wasm' && (await wasmServerLoss(wasmPath))) || refusal;
  }
  if (backend === 'wasm') {
    guardAllocation(currentBackend() as BackendWasm);
    registerWasmGradients();
  }
  if (backend === 'webgpu') registerWebGpuTraining();
  registerGradients(backend);
}

async function prepareWasm(wasmPath: string): Promise<void> {
  setWasmPaths(wasmPath);
  // The threaded build does not survive minification, and the flag alone decides which build is loaded.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setThreadsCount(1);
  const hasSimd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  if (!hasSimd) throw noBackend('wasm', 'this browser runs WebAssembly without vector instructions (SIMD)');
}

/** Where the binaries come from a server at all, `server-unreachable` when it does not answer; else null. */
async function wasmServerLoss(wasmPath: string): Promise<LabError | null> {
  return /^https?:/.test(wasmPath) ? serverLoss(`${wasmPath}tfjs-backend-wasm-simd.wasm`) : null;
}

/** `setBackend` resolves to false on failure while `getBackend` already names the backend: both are checked. */
async function start(backend: BackendName): Promise<void> {
  const isReady = await setBackend(backend).catch((error: unknown) => {
    throw noBackend(backend, error instanceof Error ? error.message : String(error), error);
  });
  if (!isReady) throw noBackend(backend, 'it did not start');
  if (getBackend() !== backend) throw noBackend(backend, `tfjs computes on ${getBackend()} instead`);
}
