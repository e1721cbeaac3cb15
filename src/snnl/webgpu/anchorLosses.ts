import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor } from '@tensorflow/tfjs-core';
import { runShader } from '../../compute/webgpu/runShader';
import type { SnnlOptions } from '../snnlOptions';

/** Threads along each side of a workgroup; each takes 4 anchors and 4 neighbours. */
const side = 8;
const perThread = 4;
const tile = side * perThread;
/** Vectors of four pixels that a tile holds of each map at a time, and the distance between maps, off the same bank. */
const depth = 4;
const stride = depth + 1;
const steps = [0, 1, 2, 3] as const;

/**
 * Loss of every anchor in every channel, Eq. 1 of arXiv 2405.08681, in one pass: what lies between, distances of all
 * pairs and their exponentials, never leaves the registers.
 *
 * One workgroup takes 32 anchors of one channel and goes through the neighbours in tiles of 32. Distances are sums of
 * squared differences, so that an offset which maps share costs no digit. Of the neighbours of its own group and of the
 * rest each thread keeps the nearest distance and Σ exp((nearest - d) / T), correcting the sum when a nearer one comes
 * (online softmax); at the end the threads of a row put theirs together.
 *
 * @param points what `gatherMaps` gives, [C, b, quads, 4]
 * @param scales what `mapScales` gives for the points
 * @param groups int32 [b]
 * @returns [C, b]; 0 for an anchor that is left out; NaN for a channel with values that are not finite
 */
export function anchorLosses(
  backend: WebGPUBackend,
  { points, scales, groups }: { points: Tensor; scales: Tensor; groups: Tensor },
  { distance, selfInNumerator, logarithm }: SnnlOptions,
): Tensor {
  const [channels = 0, batch = 0, quads = 0] = points.shape;
  return runShader(backend, {
    name: `snnl-anchors-${distance}-${selfInNumerator}-${logarithm}`,
    inputs: { points, scales, groups },
    vectorInputs: ['points'],
    uniforms: { i32: { batch, quads } },
    outputShape: [channels, batch],
    workgroupSize: [side, side],
    workgroups: [Math.ceil(batch / tile), channels],
    code: `
      const empty = 3e38;
      var<workgroup> anchorTile : array<vec4<f32>, ${tile * stride}>;
      var<workgroup> neighbourTile : array<vec4<f32>, ${tile * stride}>;
      // Nearest and sum to the own group, nearest and sum to the rest.
      var<workgroup> sums : array<vec4<f32>, ${tile * side}>;

      ${loadPixels}
      ${addNeighbour}
      ${lossOfAnchor({ selfInNumerator, logarithm })}

      fn main() {
        let channel = i32(workgroupId.y);
        let firstAnchor = i32(workgroupId.x) * ${tile};
        let column = i32(localId.x);
        let row = i32(localId.y);
        let batch = uniforms.batch;
        let ofChannel = channel * (2 * batch + 2);
        let sharpness = 1.0 / scales[ofChannel + 2 * batch];
        ${steps.map((r) => `var sums${r} = vec4<f32>(empty, 0.0, empty, 0.0);`).join('\n        ')}

        for (var firstNeighbour = 0; firstNeighbour < batch; firstNeighbour += ${tile}) {
          ${steps.map((r) => `var squares${r} = vec4<f32>(0.0);`).join('\n          ')}
          for (var firstQuad = 0; firstQuad < uniforms.quads; firstQuad += ${depth}) {
            workgroupBarrier();
            for (var i = i32(localIndex); i < ${tile * depth}; i += ${side * side}) {
              let at = (i / ${depth}) * ${stride} + i % ${depth};
              let quad = firstQuad + i % ${depth};
              anchorTile[at] = loadPixels(channel, firstAnchor + i / ${depth}, quad);
              neighbourTile[at] = loadPixels(channel, firstNeighbour + i / ${depth}, quad);
            }
            workgroupBarrier();
            for (var i = 0; i < ${depth}; i++) {
              ${steps.map((c) => `let n${c} = neighbourTile[(column + ${side * c}) * ${stride} + i];`).join('\n              ')}
              ${steps.map(addSquares).join('\n              ')}
            }
          }
          for (var c = 0; c < ${perThread}; c++) {
            let neighbour = firstNeighbour + column + ${side} * c;
            if (neighbour < batch) {
              ${steps.map(addPair(distance)).join('\n              ')}
            }
          }
        }

        ${steps.map((r) => `sums[(row + ${side * r}) * ${side} + column] = sums${r};`).join('\n        ')}
        workgroupBarrier();
        let last = i32(localIndex);
        let anchor = firstAnchor + last;
        if (last < ${tile} && anchor < batch) {
          let loss = lossOfAnchor(last, scales[ofChannel + batch + anchor], sharpness);
          let isBroken = scales[ofChannel + 2 * batch + 1] > 0.0;
          result[channel * batch + anchor] = select(loss, uniforms.NAN, isBroken);
        }
      }`,
  });
}

/** Four pixels of one image's map, scaled; 0 beyond the last pixel or image. */
const loadPixels = `
      fn loadPixels(channel : i32, image : i32, quad : i32) -> vec4<f32> {
        if (image >= uniforms.batch || quad >= uniforms.quads) { return vec4<f32>(0.0); }
        let values = points[(channel * uniforms.batch + image) * uniforms.quads + quad];
        return values * scales[channel * (2 * uniforms.batch + 2) + image];
      }`;

function addSquares(r: number): string {
  const squares = steps.map((c) => `dot(a${r} - n${c}, a${r} - n${c})`).join(', ');
  return `let a${r} = anchorTile[(row + ${side * r}) * ${stride} + i]; squares${r} += vec4<f32>(${squares});`;
}

function addPair(distance: SnnlOptions['distance']) {
  return (r: number): string => {
    const anchor = `firstAnchor + row + ${side * r}`;
    const d =
      distance === 'cosine'
        ? `0.5 * squares${r}[c] + scales[ofChannel + batch + ${anchor}] + scales[ofChannel + batch + neighbour]`
        : `squares${r}[c]`;
    return `sums${r} = addNeighbour(sums${r}, ${anchor}, neighbour, ${d}, sharpness);`;
  };
}

const addNeighbour = `
      // e^x, and 0 where that is all that is left of it; a number that is none stays none.
      fn weight(x : f32) -> f32 { return select(exp(x), 0.0, x < -100.0); }

      // Adds a distance to (nearest, Σ exp((nearest - d) / T)).
      fn addDistance(sum : vec2<f32>, distance : f32, sharpness : f32) -> vec2<f32> {
        if (distance < sum.x) {
          return vec2<f32>(distance, sum.y * weight((distance - sum.x) * sharpness) + 1.0);
        }
        return vec2<f32>(sum.x, sum.y + weight((sum.x - distance) * sharpness));
      }

      fn addNeighbour(sums : vec4<f32>, anchor : i32, neighbour : i32, distance : f32, sharpness : f32) -> vec4<f32> {
        if (anchor == neighbour || anchor >= uniforms.batch) { return sums; }
        if (groups[anchor] == groups[neighbour]) {
          return vec4<f32>(addDistance(sums.xy, distance, sharpness), sums.zw);
        }
        return vec4<f32>(sums.xy, addDistance(sums.zw, distance, sharpness));
      }`;

/**
 * With same and other the nearest distance and the sum to the own group and to the rest, Eq. 1 is log(1 + e^x), where x
 * = log Σ other - log Σ same: the exact small loss of a channel that separates the groups. What else the options put into
 * the numerator, the self pair and epsilon, comes on top.
 */
function lossOfAnchor({ selfInNumerator, logarithm }: Pick<SnnlOptions, 'selfInNumerator' | 'logarithm'>): string {
  const epsilon = logarithm === 'epsilon' ? '1e-9' : '0.0';
  const hasExtra = selfInNumerator || logarithm === 'epsilon';
  return `
      fn join(a : vec2<f32>, b : vec2<f32>, sharpness : f32) -> vec2<f32> {
        let nearest = min(a.x, b.x);
        return vec2<f32>(nearest, a.y * weight((nearest - a.x) * sharpness) + b.y * weight((nearest - b.x) * sharpness));
      }

      // log(1 + x) for 0 ≤ x ≤ 1.
      fn logOnePlus(x : f32) -> f32 { return select(log(1.0 + x), x * (1.0 - x * (0.5 - x / 3.0)), x < 1e-2); }

      fn lossOfAnchor(row : i32, offset : f32, sharpness : f32) -> f32 {
        var same = vec2<f32>(empty, 0.0);
        var other = vec2<f32>(empty, 0.0);
        for (var i = 0; i < ${side}; i++) {
          same = join(same, sums[row * ${side} + i].xy, sharpness);
          other = join(other, sums[row * ${side} + i].zw, sharpness);
        }
        let extra = ${selfInNumerator ? 'exp(-2.0 * offset * sharpness)' : '0.0'} + ${epsilon};
        if (same.y == 0.0) {
          ${selfInNumerator ? 'return log(other.y) - other.x * sharpness - log(extra);' : 'return 0.0;'}
        }
        var loss = 0.0;
        if (other.y != 0.0) {
          let x = (same.x - other.x) * sharpness + log(other.y) - log(same.y);
          loss = max(x, 0.0) + logOnePlus(weight(-abs(x)));
        }
        ${
          hasExtra
            ? `let logSame = log(same.y) - same.x * sharpness;
        loss += logSame - log(weight(logSame) + extra);`
            : ''
        }
        return loss;
      }`;
}
