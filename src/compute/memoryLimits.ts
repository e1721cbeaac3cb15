import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, getBackend } from '@tensorflow/tfjs-core';

/** What a backend can hold, all in all and in one piece; null where it does not tell. */
export interface MemoryLimits {
  bytes: number | null;
  tensorBytes: number | null;
}

/** Where the memory of the tfjs WASM binaries ends: 65,535 pages of 64 KiB, as they were built. */
export const wasmMemoryBytes = 65_535 * 65_536;

/**
 * What the backend in use can hold. No browser tells how much memory a GPU has.
 */
export function memoryLimits(): MemoryLimits {
  if (getBackend() === 'wasm') return { bytes: wasmMemoryBytes, tensorBytes: wasmMemoryBytes };
  const current = backend();
  if (!(current instanceof WebGPUBackend)) return { bytes: null, tensorBytes: null };
  const { maxBufferSize, maxStorageBufferBindingSize } = current.device.limits;
  return { bytes: null, tensorBytes: Math.min(maxBufferSize, maxStorageBufferBindingSize) };
}
