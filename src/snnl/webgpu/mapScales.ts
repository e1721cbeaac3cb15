import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor } from '@tensorflow/tfjs-core';
import { runShader } from '../../compute/webgpu/runShader';
import type { SnnlOptions } from '../snnlOptions';

const threads = 64;

/**
 * What every map is multiplied by before distances are taken, what its distances grow by, T of every channel, and how many
 * of its values are no finite numbers.
 *
 * Cosine distance is half the squared distance of the unit rows, 1 - cos = ½|u-v|² + ½(1-|u|²) + ½(1-|v|²), where the
 * last two terms, the offsets, are 0 but for rows shorter than 1e-12. `auto` needs no pairs: the mean of |x_i - x_j|²
 * over i ≠ j is 2/(b-1) Σ |x_i - mean|². The first image is subtracted before the mean is taken, which is exact where
 * maps are alike. One group of threads works on one channel.
 *
 * @param points what `gatherMaps` gives, [C, b, quads, 4]
 * @returns [C, 2b + 2]: b factors, b offsets, T, values that are not finite
 */
export function mapScales(
  backend: WebGPUBackend,
  points: Tensor,
  { distance, temperature }: Pick<SnnlOptions, 'distance' | 'temperature'>,
): Tensor {
  const [channels = 0, batch = 0, quads = 0] = points.shape;
  const isAuto = temperature === 'auto';
  return runShader(backend, {
    name: `snnl-scales-${distance}-${isAuto ? 'auto' : 'fixed'}`,
    inputs: { points },
    vectorInputs: ['points'],
    uniforms: { i32: { batch, quads }, f32: { temperature: isAuto ? 1 : temperature } },
    outputShape: [channels, 2 * batch + 2],
    workgroupSize: [threads, 1],
    workgroups: [1, channels],
    code: `
      var<workgroup> parts : array<f32, ${threads}>;

      fn sumOfParts() -> f32 {
        workgroupBarrier();
        var total = 0.0;
        for (var i = 0; i < ${threads}; i++) { total += parts[i]; }
        workgroupBarrier();
        return total;
      }

      // By its bits: a shader may take for granted that there are no such numbers.
      fn areFinite(values : vec4<f32>) -> bool {
        let exponents = vec4<u32>(0x7f800000u);
        return all((bitcast<vec4<u32>>(values) & exponents) != exponents);
      }

      fn main() {
        let channel = i32(workgroupId.y);
        let thread = i32(localId.x);
        let batch = uniforms.batch;
        let quads = uniforms.quads;
        let maps = channel * batch * quads;
        let factors = channel * (2 * batch + 2);
        let offsets = factors + batch;

        for (var image = thread; image < batch; image += ${threads}) {
          ${distance === 'cosine' ? unitRow : 'result[factors + image] = 1.0; result[offsets + image] = 0.0;'}
        }
        storageBarrier();
        ${isAuto ? meanDistance(distance) : 'let temperature = uniforms.temperature;'}
        var broken = 0.0;
        for (var i = thread; i < batch * quads; i += ${threads}) {
          if (!areFinite(points[maps + i])) { broken += 1.0; }
        }
        parts[thread] = broken;
        broken = sumOfParts();
        if (thread == 0) {
          result[offsets + batch] = temperature;
          result[offsets + batch + 1] = broken;
        }
      }`,
  });
}

const unitRow = `
          var square = 0.0;
          for (var quad = 0; quad < quads; quad++) {
            let values = points[maps + image * quads + quad];
            square += dot(values, values);
          }
          let norm = sqrt(square);
          let length = min(norm / 1e-12, 1.0);
          result[factors + image] = 1.0 / max(norm, 1e-12);
          result[offsets + image] = 0.5 * (1.0 - length * length);`;

function meanDistance(distance: SnnlOptions['distance']): string {
  const cosine = distance === 'cosine';
  return `
        var spread = 0.0;
        for (var quad = thread; quad < quads; quad += ${threads}) {
          let first = points[maps + quad] * result[factors];
          var mean = vec4<f32>(0.0);
          for (var image = 1; image < batch; image++) {
            mean += points[maps + image * quads + quad] * result[factors + image] - first;
          }
          mean = mean / f32(batch);
          for (var image = 0; image < batch; image++) {
            let away = points[maps + image * quads + quad] * result[factors + image] - first - mean;
            spread += dot(away, away);
          }
        }
        parts[thread] = spread * ${cosine ? '1.0' : '2.0'} / f32(batch - 1);
        var temperature = sumOfParts();
        ${cosine ? offsetsOfAll : ''}
        temperature = select(1.0, temperature, temperature > 0.0);`;
}

const offsetsOfAll = `
        var offsetSum = 0.0;
        for (var image = 0; image < batch; image++) { offsetSum += result[offsets + image]; }
        temperature += 2.0 * offsetSum / f32(batch);`;
