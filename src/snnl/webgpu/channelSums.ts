import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor } from '@tensorflow/tfjs-core';
import { runThreads } from '../../compute/webgpu/runThreads';
import { temperatureOf } from './temperatureShares';

/**
 * The sum of the anchors' losses of every channel, and its T: all that has to leave the device. One thread per channel.
 * @param losses [b, C]
 * @param shares T, as `temperatureShares` gives it
 * @returns [2, C]
 */
export function channelSums(backend: WebGPUBackend, losses: Tensor, shares: Tensor): Tensor {
  const [batch = 0, channels = 0] = losses.shape;
  return runThreads(backend, {
    name: 'snnl-sums',
    inputs: { losses, shares },
    uniforms: { i32: { batch, channels } },
    outputShape: [2, channels],
    threads: channels,
    code: `
      ${temperatureOf}
      fn work(channel : i32) {
        var sum = 0.0;
        for (var i = 0; i < uniforms.batch; i++) { sum += losses[i * uniforms.channels + channel]; }
        result[channel] = sum;
        result[uniforms.channels + channel] = temperatureOf(channel);
      }`,
  });
}
