import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend } from '@tensorflow/tfjs-core';
import { LabError } from '../foundation/labError';
import { deviceLost } from './deviceLoss';

const stage = 'computing on the GPU';

/**
 * Watches the WebGPU device that tfjs computes on. tfjs itself notices neither a lost device nor a failed validation:
 * results turn into zeros and the job goes on.
 * @param onFailure called with `device-lost` when the device is gone, with `out-of-memory` when the GPU has no room for what
 *   is computed, and with `backend-failed` for every other error that it reports: nothing that was computed since the last
 *   good check can be trusted
 * @returns a function that ends the watch
 * @throws `backend-failed` when tfjs does not compute on WebGPU
 */
export function watchDevice(onFailure: (error: LabError) => void): () => void {
  const current = backend();
  if (!(current instanceof WebGPUBackend)) {
    throw new LabError({
      code: 'backend-failed',
      stage,
      message: 'There is no WebGPU device to watch: another backend is in use.',
      hint: 'Choose WASM, or WebGPU where there is a GPU.',
    });
  }
  const { device } = current;
  let isWatching = true;
  const report = (error: LabError) => {
    if (isWatching) onFailure(error);
  };
  const onUncaptured = (event: GPUUncapturedErrorEvent) => {
    event.preventDefault();
    report(isOutOfMemory(event.error) ? outOfMemory(event.error) : reportedError(event.error));
  };
  device.addEventListener('uncapturederror', onUncaptured);
  void device.lost.then((info) => report(deviceLost(info)));
  return () => {
    isWatching = false;
    device.removeEventListener('uncapturederror', onUncaptured);
  };
}

/**
 * A buffer that cannot be had is an error of memory, also where the device refuses it for its size alone: WebGPU calls that
 * a failed validation. The words are those of Dawn (Chromium, Node) and wgpu (Firefox).
 */
function isOutOfMemory(error: GPUError): boolean {
  return error instanceof GPUOutOfMemoryError || bufferTooLarge.test(error.message);
}

const bufferTooLarge = /out of memory|not enough memory|buffer size.*(exceeds|is greater than) the max/i;

function outOfMemory({ message }: GPUError): LabError {
  return new LabError({
    code: 'out-of-memory',
    stage,
    message: `The GPU has no room for what is computed: ${message}`,
    hint: 'Use a smaller batch or smaller images, or choose WASM, then go on from the last checkpoint.',
  });
}

function reportedError({ message }: GPUError): LabError {
  return new LabError({
    code: 'backend-failed',
    stage,
    message: `The GPU reported an error: ${message}`,
    hint: 'Start the job again with a smaller batch, or choose WASM.',
  });
}
