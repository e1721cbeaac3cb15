import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend } from '@tensorflow/tfjs-core';
import { LabError } from '../foundation/labError';
import { deviceLost } from './deviceLoss';

/**
 * Watches the WebGPU device that tfjs computes on. tfjs itself notices neither a lost device nor a failed validation:
 * results turn into zeros and the job goes on.
 * @param onFailure called with `device-lost` when the device is gone, and with `backend-failed` for every error that
 *   the GPU reports: nothing that was computed since the last good check can be trusted
 * @returns a function that ends the watch
 * @throws `backend-failed` when tfjs does not compute on WebGPU
 */
export function watchDevice(onFailure: (error: LabError) => void): () => void {
  const current = backend();
  if (!(current instanceof WebGPUBackend)) {
    throw backendFailed('There is no WebGPU device to watch: another backend is in use.');
  }
  const { device } = current;
  let isWatching = true;
  const report = (error: LabError) => {
    if (isWatching) onFailure(error);
  };
  const onUncaptured = (event: GPUUncapturedErrorEvent) => {
    event.preventDefault();
    report(backendFailed(`The GPU reported an error: ${event.error.message}`));
  };
  device.addEventListener('uncapturederror', onUncaptured);
  void device.lost.then((info) => report(deviceLost(info)));
  return () => {
    isWatching = false;
    device.removeEventListener('uncapturederror', onUncaptured);
  };
}

function backendFailed(message: string): LabError {
  return new LabError({
    code: 'backend-failed',
    stage: 'computing on the GPU',
    message,
    hint: 'Start the job again with a smaller batch, or choose WASM.',
  });
}
