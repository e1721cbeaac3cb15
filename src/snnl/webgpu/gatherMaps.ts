import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { runShader } from '../../compute/webgpu/runShader';

const threads = 64;
/** Vectors of four pixels that one thread copies. */
const perThread = 4;

/**
 * The maps channel by channel, four pixels to a vector, the last one filled up with 0. Neighbouring threads read
 * neighbouring channels, and each writes a run of its own: no barrier, which the stock transpose spends its time on.
 *
 * @param maps float32 [b, h, w, C]
 * @returns [C, b, quads, 4], quads = ⌈h·w / 4⌉
 */
export function gatherMaps(backend: WebGPUBackend, maps: Tensor4D): Tensor {
  const [batch, height, width, channels] = maps.shape;
  const pixels = height * width;
  const quads = Math.ceil(pixels / 4);
  return runShader(backend, {
    name: 'snnl-gather',
    inputs: { maps },
    uniforms: { i32: { batch, pixels, quads, channels } },
    outputShape: [channels, batch, quads, 4],
    outputVectors: true,
    workgroupSize: [threads, 1],
    workgroups: [Math.ceil(channels / threads) * Math.ceil(quads / perThread), batch],
    code: `
      fn main() {
        let groupsOfChannels = (uniforms.channels + ${threads - 1}) / ${threads};
        let channel = (i32(workgroupId.x) % groupsOfChannels) * ${threads} + i32(localId.x);
        let firstQuad = (i32(workgroupId.x) / groupsOfChannels) * ${perThread};
        let image = i32(workgroupId.y);
        if (channel >= uniforms.channels) { return; }
        let lastQuad = min(firstQuad + ${perThread}, uniforms.quads);
        for (var quad = firstQuad; quad < lastQuad; quad++) {
          var values = vec4<f32>(0.0);
          for (var i = 0; i < min(4, uniforms.pixels - quad * 4); i++) {
            values[i] = maps[(image * uniforms.pixels + quad * 4 + i) * uniforms.channels + channel];
          }
          result[(channel * uniforms.batch + image) * uniforms.quads + quad] = values;
        }
      }`,
  });
}
