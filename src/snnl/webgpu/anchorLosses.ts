import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor } from '@tensorflow/tfjs-core';
import { runThreads } from '../../compute/webgpu/runThreads';
import type { SnnlOptions } from '../snnlOptions';
import { temperatureOf } from './temperatureShares';

const lanes = [0, 1, 2, 3];

/**
 * Loss of every anchor in every channel from its sums. One thread takes four anchors of one channel.
 *
 * With S and O the sums to the own group and to the rest, Eq. 1 is log(1 + O/S): a channel that separates the groups gets
 * its exact small loss, not a difference of two large numbers. What else the options put into the numerator, the self
 * pair and epsilon, lowers it by another such logarithm.
 *
 * @param points what `gatherMaps` gives, [C, h·w + 1, ⌈b/4⌉, 4]
 * @param sums what `neighbourSums` gives, [slices, C, ⌈b/4⌉, 16]
 * @param shares T, as `temperatureShares` gives it
 * @returns [b, C]; 0 for an anchor that is left out; NaN for a channel with a map that has no distances
 */
export function anchorLosses(
  backend: WebGPUBackend,
  { points, sums, batch, shares }: { points: Tensor; sums: Tensor; batch: number; shares: Tensor },
  { selfInNumerator, logarithm }: Pick<SnnlOptions, 'selfInNumerator' | 'logarithm'>,
): Tensor {
  const [channels = 0, rows = 0, quads = 0] = points.shape;
  return runThreads(backend, {
    name: `snnl-losses-${selfInNumerator}-${logarithm}`,
    inputs: { points, sums, shares },
    vectorInputs: ['points', 'sums'],
    uniforms: { i32: { batch, rows, quads, channels, slices: sums.shape[0]! } },
    outputShape: [batch, channels],
    threads: channels * quads,
    code: `
      ${temperatureOf}
      ${joinSums}
      ${loss({ selfInNumerator, logarithm })}

      fn work(thread : i32) {
        let quads = uniforms.quads;
        let channel = thread / quads;
        let quad = thread % quads;
        let sharpness = 1.0 / temperatureOf(channel);
        let offsets = ((channel + 1) * uniforms.rows - 1) * quads;
        var isBroken = false;
        for (var i = 0; i < quads; i++) { isBroken = isBroken || any(points[offsets + i] < vec4<f32>(0.0)); }
        var nearestSame = sums[thread * 4];
        var same = sums[thread * 4 + 1];
        var nearestOther = sums[thread * 4 + 2];
        var other = sums[thread * 4 + 3];
        for (var slice = 1; slice < uniforms.slices; slice++) {
          let at = (slice * uniforms.channels * quads + thread) * 4;
          same = joined(same, nearestSame, sums[at + 1], sums[at], sharpness);
          nearestSame = min(nearestSame, sums[at]);
          other = joined(other, nearestOther, sums[at + 3], sums[at + 2], sharpness);
          nearestOther = min(nearestOther, sums[at + 2]);
        }
        let offset = points[offsets + quad];
        ${lanes
          .map(
            (lane) => `if (quad * 4 + ${lane} < uniforms.batch) {
          let loss = lossOf(
            vec2<f32>(nearestSame[${lane}], same[${lane}]), vec2<f32>(nearestOther[${lane}], other[${lane}]),
            offset[${lane}], sharpness);
          result[(quad * 4 + ${lane}) * uniforms.channels + channel] = select(loss, uniforms.NAN, isBroken);
        }`,
          )
          .join('\n        ')}
      }`,
  });
}

const joinSums = `
      // e^x; e^-87 is the least that float32 holds to all its digits.
      fn weight(x : vec4<f32>) -> vec4<f32> { return exp(max(x, vec4<f32>(-87.0))); }

      // Two sums, each relative to a nearest distance, as one relative to the smaller distance.
      fn joined(a : vec4<f32>, nearestA : vec4<f32>, b : vec4<f32>, nearestB : vec4<f32>, sharpness : f32) -> vec4<f32> {
        let nearest = min(nearestA, nearestB);
        return a * weight((nearest - nearestA) * sharpness) + b * weight((nearest - nearestB) * sharpness);
      }`;

function loss({ selfInNumerator, logarithm }: Pick<SnnlOptions, 'selfInNumerator' | 'logarithm'>): string {
  return `
      // log(1 + e^x), exact where it is small, too.
      fn softplus(x : f32) -> f32 {
        let e = exp(max(-abs(x), -87.0));
        return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e / 3.0)), e < 1e-2);
      }

      // Sums are (nearest distance, sum relative to it): log of one over the other, and log of one.
      fn logRatio(a : vec2<f32>, b : vec2<f32>, sharpness : f32) -> f32 {
        return log(a.y) - log(b.y) + (b.x - a.x) * sharpness;
      }
      fn logOf(a : vec2<f32>, sharpness : f32) -> f32 { return log(a.y) - a.x * sharpness; }

      fn lossOf(same : vec2<f32>, other : vec2<f32>, offset : f32, sharpness : f32) -> f32 {
        let own = vec2<f32>(2.0 * offset, 1.0);
        var loss = 0.0;
        var logNumerator = 0.0;
        if (same.y == 0.0) {
          ${selfInNumerator ? 'loss = logRatio(other, own, sharpness); logNumerator = logOf(own, sharpness);' : 'return 0.0;'}
        } else {
          if (other.y > 0.0) { loss = softplus(logRatio(other, same, sharpness)); }
          let more = ${selfInNumerator ? 'softplus(logRatio(own, same, sharpness))' : '0.0'};
          logNumerator = logOf(same, sharpness) + more;
          loss -= more;
        }
        return loss${logarithm === 'epsilon' ? ' - softplus(log(1e-9) - logNumerator)' : ''};
      }`;
}
