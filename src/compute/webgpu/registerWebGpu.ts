import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { findBackendFactory, registerBackend } from '@tensorflow/tfjs-core';

/** As tfjs registers it: before WASM (2) and cpu (1). */
const priority = 3;

/**
 * Registers tfjs' WebGPU backend where it has not registered itself: it looks for `navigator.gpu` once, when it is imported,
 * and in Node that is put there later.
 */
export function registerWebGpu(): void {
  if (findBackendFactory('webgpu')) return;
  registerBackend('webgpu', openBackend, priority);
}

/** A device with the adapter's own limits, as tfjs asks for. Timestamps, which tfjs would ask for too, serve its profiler alone. */
async function openBackend(): Promise<WebGPUBackend> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('there is no adapter');
  const { limits } = adapter;
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
  return new WebGPUBackend(device, adapter.info);
}
