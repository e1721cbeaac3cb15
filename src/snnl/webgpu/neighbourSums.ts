import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor } from '@tensorflow/tfjs-core';
import { runThreads } from '../../compute/webgpu/runThreads';
import { temperatureOf } from './temperatureShares';

/** Vectors of neighbours that a thread compares at a time with its four anchors. */
const vectors = [0, 1];
const lanes = ['x', 'y', 'z', 'w'];
/** Neighbours are divided into slices, sixteen at most, until there are about as many threads as this. */
const aimedThreads = 65_536;
const mostSlices = 16;

/**
 * The heart of Eq. 1 of arXiv 2405.08681: Σ exp(-d/T), where d = |p - q|² + o_p + o_q, from every anchor to the others of
 * its group, and to the rest, in one pass. The distances of pairs and their exponentials never leave the registers.
 *
 * A thread has four anchors of one channel, the lanes of a vector, and goes through a slice of the neighbours, eight at
 * a time: pixel after pixel it adds squared differences, 32 of them for three vectors read. Differences are formed before
 * they are squared, so that an offset which maps share costs no digit. Then it keeps the nearest distance so far, and the
 * sum relative to it, which is corrected when a nearer one comes (online log-sum-exp): nothing overflows or vanishes.
 *
 * Neighbouring threads have neighbouring anchors, so they read runs of memory, and the same neighbours.
 *
 * @param points what `gatherMaps` gives, [C, h·w + 1, ⌈b/4⌉, 4]
 * @param groups int32 [b]
 * @param shares T, as `temperatureShares` gives it
 * @returns [slices, C, ⌈b/4⌉, 16]: for four anchors the nearest distance d0 in the group, Σ exp((d0 - d)/T) over it, and
 *   both for the rest. Where there is nobody the sum is 0.
 */
export function neighbourSums(
  backend: WebGPUBackend,
  { points, groups, shares }: { points: Tensor; groups: Tensor; shares: Tensor },
): Tensor {
  const [channels = 0, rows = 0, quads = 0] = points.shape;
  const steps = Math.ceil(quads / vectors.length);
  const stepsPerSlice = Math.ceil(steps / Math.min(mostSlices, Math.ceil(aimedThreads / (channels * quads))));
  const slices = Math.ceil(steps / stepsPerSlice);
  const batch = groups.shape[0]!;
  return runThreads(backend, {
    name: 'snnl-neighbours',
    inputs: { points, groups, shares },
    vectorInputs: ['points'],
    outputVectors: true,
    uniforms: {
      i32: { batch, pixels: rows - 1, quads, channels, quadsPerSlice: stepsPerSlice * vectors.length },
    },
    outputShape: [slices, channels, quads, 16],
    threads: slices * channels * quads,
    code: `
      ${temperatureOf}
      ${sums}

      fn work(thread : i32) {
        let quads = uniforms.quads;
        let own = thread % quads;
        let channel = (thread / quads) % uniforms.channels;
        let firstQuad = (thread / quads / uniforms.channels) * uniforms.quadsPerSlice;
        let firstRow = channel * (uniforms.pixels + 1) * quads;
        let anchors = own * 4 + vec4<i32>(0, 1, 2, 3);
        let known = min(anchors, vec4<i32>(uniforms.batch - 1));
        let anchorGroups = vec4<i32>(groups[known.x], groups[known.y], groups[known.z], groups[known.w]);
        let sharpness = 1.0 / temperatureOf(channel);
        var sums = noSums();
        for (var quad = firstQuad; quad < min(firstQuad + uniforms.quadsPerSlice, quads); quad += ${vectors.length}) {
          ${vectors.map((v) => `let at${v} = min(quad + ${v}, quads - 1);`).join('\n          ')}
          ${each((v, lane) => `var d${v}${lane} = vec4<f32>(0.0);`)}
          var row = firstRow;
          for (var pixel = 0; pixel < uniforms.pixels; pixel++) {
            let p = points[row + own];
            ${vectors.map((v) => `let q${v} = points[row + at${v}];`).join('\n            ')}
            ${each((v, lane) => `d${v}${lane} += squared(p - q${v}.${lane});`)}
            row += quads;
          }
          let o = points[row + own];
          ${vectors.map((v) => `let o${v} = points[row + at${v}];`).join('\n          ')}
          ${each((v, lane) => `d${v}${lane} += o + o${v}.${lane};`)}
          ${each((v, lane, i) => `sums = addNeighbour(sums, (quad + ${v}) * 4 + ${i}, d${v}${lane}, anchors, anchorGroups, sharpness);`)}
        }
        let to = thread * 4;
        result[to] = sums.nearestSame;
        result[to + 1] = sums.same;
        result[to + 2] = sums.nearestOther;
        result[to + 3] = sums.other;
      }`,
  });
}

/** A statement for each neighbour that a thread has in hand. */
function each(statement: (vector: number, lane: string, index: number) => string): string {
  return vectors.map((v) => lanes.map((lane, i) => statement(v, lane, i)).join(' ')).join('\n          ');
}

/** For the four anchors of a thread. */
const sums = `
      struct Sums {
        nearestSame : vec4<f32>,
        same : vec4<f32>,
        nearestOther : vec4<f32>,
        other : vec4<f32>,
      };

      fn noSums() -> Sums {
        let far = vec4<f32>(3e38);
        let nothing = vec4<f32>(0.0);
        return Sums(far, nothing, far, nothing);
      }

      fn squared(x : vec4<f32>) -> vec4<f32> { return x * x; }

      // Each anchor adds the distance d to the sum where the neighbour belongs, unless it is the neighbour itself.
      fn addNeighbour(
        sums : Sums, neighbour : i32, d : vec4<f32>, anchors : vec4<i32>, anchorGroups : vec4<i32>, sharpness : f32,
      ) -> Sums {
        if (neighbour >= uniforms.batch) { return sums; }
        let isSame = anchorGroups == vec4<i32>(groups[neighbour]);
        let nearest = select(sums.nearestOther, sums.nearestSame, isSame);
        let sum = select(sums.other, sums.same, isSame);
        // e^-87 is the least that float32 holds to all its digits.
        let weight = exp(max(-abs(d - nearest) * sharpness, vec4<f32>(-87.0)));
        let newSum = select(sum + weight, sum * weight + 1.0, d < nearest);
        let newNearest = min(d, nearest);
        let toSame = isSame & (anchors != vec4<i32>(neighbour));
        return Sums(
          select(sums.nearestSame, newNearest, toSame),
          select(sums.same, newSum, toSame),
          select(newNearest, sums.nearestOther, isSame),
          select(newSum, sums.other, isSame),
        );
      }`;
