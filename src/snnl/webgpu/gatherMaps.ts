import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { runThreads } from '../../compute/webgpu/runThreads';
import type { SnnlOptions } from '../snnlOptions';

/** Channels `first` to `first + count` of a layer. */
export interface ChannelChunk {
  first: number;
  count: number;
}

/**
 * Maps of some channels as points p with offsets o, such that the distance of two maps is |p - q|² + o_p + o_q:
 * - squared Euclidean: the map itself, and 0;
 * - cosine: 1 - cos = ½|u-v|² + ½(1-|u|²) + ½(1-|v|²) for the rows u, v divided by max(norm, 1e-12), so √½·u, and
 *   ½(1-|u|²), which is 0 but for rows that are shorter.
 * An offset of -1 marks a map that has no distances: a value is no finite number, or squares leave float32.
 *
 * They stand channel by channel, a row per pixel and below them a row of offsets, four images to a vector, so that whoever
 * compares images reads runs of memory. `b` is filled up to whole vectors. One thread takes four images of one channel; its
 * neighbour takes the next channel, as maps lie in memory.
 *
 * @param maps float32 [b, h, w, C]
 * @returns [count, h·w + 1, ⌈b/4⌉, 4]
 */
export function gatherMaps(
  backend: WebGPUBackend,
  maps: Tensor4D,
  { first, count }: ChannelChunk,
  { distance }: Pick<SnnlOptions, 'distance'>,
): Tensor {
  const [batch, height, width, channels] = maps.shape;
  const pixels = height * width;
  const quads = Math.ceil(batch / 4);
  return runThreads(backend, {
    name: `snnl-gather-${distance}`,
    inputs: { maps },
    uniforms: { i32: { batch, pixels, quads, channels, first, count } },
    outputShape: [count, pixels + 1, quads, 4],
    outputVectors: true,
    threads: count * quads,
    code: `
      // One pixel of four images, 0 beyond the last image.
      fn fourImages(quad : i32, pixel : i32, channel : i32) -> vec4<f32> {
        let step = uniforms.pixels * uniforms.channels;
        let at = quad * 4 * step + pixel * uniforms.channels + channel;
        let images = uniforms.batch - quad * 4;
        var values = vec4<f32>(maps[at], 0.0, 0.0, 0.0);
        if (images > 1) { values.y = maps[at + step]; }
        if (images > 2) { values.z = maps[at + 2 * step]; }
        if (images > 3) { values.w = maps[at + 3 * step]; }
        return values;
      }

      fn work(thread : i32) {
        let channel = thread % uniforms.count;
        let quad = thread / uniforms.count;
        var square = vec4<f32>(0.0);
        // Bits of floats that are not negative have the order of the floats, and what is no number comes last.
        var largest = vec4<u32>(0u);
        for (var pixel = 0; pixel < uniforms.pixels; pixel++) {
          let values = fourImages(quad, pixel, uniforms.first + channel);
          square += values * values;
          largest = max(largest, bitcast<vec4<u32>>(values) & vec4<u32>(0x7fffffffu));
        }
        largest = max(largest, bitcast<vec4<u32>>(square));
        ${factorAndOffset[distance]}
        var to = channel * (uniforms.pixels + 1) * uniforms.quads + quad;
        for (var pixel = 0; pixel < uniforms.pixels; pixel++) {
          result[to] = fourImages(quad, pixel, uniforms.first + channel) * factor;
          to += uniforms.quads;
        }
        // A quarter of what float32 holds: |p - q|² is at most 2|p|² + 2|q|².
        result[to] = select(offset, vec4<f32>(-1.0), largest >= vec4<u32>(bitcast<u32>(8e37)));
      }`,
  });
}

const factorAndOffset: Record<SnnlOptions['distance'], string> = {
  'squared-euclidean': 'let factor = vec4<f32>(1.0); let offset = vec4<f32>(0.0);',
  cosine: `let norm = sqrt(square);
        let factor = ${Math.SQRT1_2} / max(norm, vec4<f32>(1e-12));
        let length = min(norm * 1e12, vec4<f32>(1.0));
        let offset = 0.5 * (1.0 - length * length);`,
};
