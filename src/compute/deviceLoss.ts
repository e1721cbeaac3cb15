import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, getBackend } from '@tensorflow/tfjs-core';
import { LabError } from '../foundation/labError';

/** How long a loss may take to be told after what it broke: reads that are under way are rejected before. */
const loseTimeMs = 1000;

/**
 * The lost WebGPU device behind an error, where there is one. Reading from a lost device is rejected with an `AbortError`
 * that says nothing of the device, and what then goes wrong has many names.
 *
 * @param thrown what a computation broke off with. An error of the lab's own that no other error caused is not waited for.
 * @returns `device-lost`, or null when another backend computes or the device is still there
 */
export async function deviceLossBehind(thrown: unknown): Promise<LabError | null> {
  if (getBackend() !== 'webgpu') return null;
  const current = backend();
  if (!(current instanceof WebGPUBackend)) return null;
  const isOwn = thrown instanceof LabError && thrown.cause === undefined;
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), isOwn ? 0 : loseTimeMs));
  return Promise.race([current.device.lost.then(deviceLost), patience]);
}

/** The error for a device that was lost. */
export function deviceLost({ reason, message }: GPUDeviceLostInfo): LabError {
  return new LabError({
    code: 'device-lost',
    stage: 'computing on the GPU',
    message: `The GPU device was lost${message ? `: ${message}` : '.'}`,
    hint: 'Continue from the last checkpoint; if it happens again, use a smaller batch or choose WASM.',
    details: { reason },
  });
}
