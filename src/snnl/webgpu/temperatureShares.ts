import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { runThreads } from '../../compute/webgpu/runThreads';
import type { SnnlOptions } from '../snnlOptions';

/** Threads that share the pixels of one channel. */
const mostShares = 16;

/**
 * The mean distance over the pairs of different images of each channel, in shares to be added up. No pair is looked at:
 * the mean of |p_i - p_j|² over i ≠ j is 2/(b-1) Σ |p_i - mean|², taken pixel by pixel, and that of o_i + o_j is 2/b Σ o_i.
 * The first image is subtracted before the mean is taken, which is exact where maps are alike and costs no digit where they
 * share an offset.
 *
 * @param points what `gatherMaps` gives, [C, h·w + 1, ⌈b/4⌉, 4]
 * @returns [C, shares]; [C, 1] where T is a number
 */
export function temperatureShares(
  backend: WebGPUBackend,
  points: Tensor,
  batch: number,
  temperature: SnnlOptions['temperature'],
): Tensor {
  const [channels = 0, rows = 0, quads = 0] = points.shape;
  if (temperature !== 'auto') return tensor2d(new Float32Array(channels).fill(temperature), [channels, 1]);
  const pixels = rows - 1;
  const shares = Math.min(pixels, mostShares);
  return runThreads(backend, {
    name: 'snnl-temperature',
    inputs: { points },
    vectorInputs: ['points'],
    uniforms: { i32: { batch, pixels, quads, shares } },
    outputShape: [channels, shares],
    threads: channels * shares,
    code: `
      // The values of four images, 0 beyond the last of them.
      fn only(images : i32, values : vec4<f32>) -> vec4<f32> {
        return select(vec4<f32>(0.0), values, vec4<i32>(0, 1, 2, 3) < vec4<i32>(images));
      }

      fn work(thread : i32) {
        let batch = uniforms.batch;
        let quads = uniforms.quads;
        let firstRow = (thread / uniforms.shares) * (uniforms.pixels + 1) * quads;
        var spread = 0.0;
        for (var pixel = thread % uniforms.shares; pixel < uniforms.pixels; pixel += uniforms.shares) {
          let row = firstRow + pixel * quads;
          let first = points[row].x;
          var sum = vec4<f32>(0.0);
          for (var i = 0; i < quads; i++) { sum += only(batch - 4 * i, points[row + i] - first); }
          let mean = dot(sum, vec4<f32>(1.0)) / f32(batch);
          for (var i = 0; i < quads; i++) {
            let away = only(batch - 4 * i, points[row + i] - first - mean);
            spread += dot(away, away);
          }
        }
        var offsets = 0.0;
        if (thread % uniforms.shares == 0) {
          let row = firstRow + uniforms.pixels * quads;
          for (var i = 0; i < quads; i++) { offsets += dot(only(batch - 4 * i, points[row + i]), vec4<f32>(1.0)); }
        }
        result[thread] = spread * 2.0 / f32(batch - 1) + offsets * 2.0 / f32(batch);
      }`,
  });
}

/** How a shader with the input `shares` reads T. Where it is 0, of maps that are all alike, it becomes 1. */
export const temperatureOf = `
      fn temperatureOf(channel : i32) -> f32 {
        let count = uniforms.sharesShape.y;
        var temperature = 0.0;
        for (var i = 0; i < count; i++) { temperature += shares[channel * count + i]; }
        return select(1.0, temperature, temperature >= 1.2e-38);
      }`;
