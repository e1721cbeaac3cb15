import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, registerKernel, setBackend } from '@tensorflow/tfjs-core';
import { startCompute } from '../../compute/startCompute';
import type { BrowserRunner } from '../benchCase';
import { naiveFilterGradient } from './naiveFilterGradient';

const wasmPath = '/wasm/';

/**
 * Makes this worker one of the bench's runners. `stock-webgpu` is tfjs as it comes; `stock-wasm` is tfjs as it comes, on one thread, with one naive kernel
 * added without which it could not train at all.
 * @returns the device in its own words
 */
export async function startRunner(runner: BrowserRunner): Promise<string> {
  if (runner === 'stock-wasm') {
    setWasmPaths(wasmPath);
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setThreadsCount(1);
    if (!(await setBackend('wasm'))) throw new Error('The stock WASM backend did not start.');
    registerKernel(naiveFilterGradient);
    return 'CPU (SIMD, 1 thread, stock kernels)';
  }
  if (runner === 'stock-webgpu') {
    if (!(await setBackend('webgpu'))) throw new Error('The stock WebGPU backend did not start.');
    return 'WebGPU (stock kernels)';
  }
  const { device } = await startCompute({ prefer: runner === 'lab-wasm' ? 'wasm' : 'webgpu', wasmPath });
  return device;
}
