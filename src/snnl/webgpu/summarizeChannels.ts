import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor } from '@tensorflow/tfjs-core';
import { runShader } from '../../compute/webgpu/runShader';

const threads = 64;

/**
 * The sum of the anchors' losses of every channel, and its T beside: all that has to leave the device.
 * @param losses [C, b]
 * @param scales what `mapScales` gives, [C, 2b + 2]
 * @returns [2, C]
 */
export function summarizeChannels(backend: WebGPUBackend, losses: Tensor, scales: Tensor): Tensor {
  const [channels = 0, batch = 0] = losses.shape;
  return runShader(backend, {
    name: 'snnl-summary',
    inputs: { losses, scales },
    uniforms: { i32: { channels, batch } },
    outputShape: [2, channels],
    workgroupSize: [threads, 1],
    workgroups: [1, channels],
    code: `
      var<workgroup> parts : array<f32, ${threads}>;

      fn main() {
        let channel = i32(workgroupId.y);
        let thread = i32(localId.x);
        var part = 0.0;
        for (var i = thread; i < uniforms.batch; i += ${threads}) { part += losses[channel * uniforms.batch + i]; }
        parts[thread] = part;
        workgroupBarrier();
        if (thread == 0) {
          var total = 0.0;
          for (var i = 0; i < ${threads}; i++) { total += parts[i]; }
          result[channel] = total;
          result[uniforms.channels + channel] = scales[(channel + 1) * (2 * uniforms.batch + 2) - 2];
        }
      }`,
  });
}
