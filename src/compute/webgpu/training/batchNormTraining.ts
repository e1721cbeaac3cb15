import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { columnSums } from './columnSums';
import { mapValues } from './mapValues';

/**
 * Batch normalisation by the batch's own moments, as the WASM kernel of this name has it: y = γ·(x - μ)·r + β with
 * r = 1/√(σ² + ε). The moments are those of x minus its first row, so that an offset of the whole map costs no digit.
 *
 * Inputs `x` [..., C], `gamma` and `beta` [C], float32; attribute `epsilon`. Outputs y, μ and σ².
 */
export const batchNormTraining: KernelFunc = ({ inputs, attrs, backend: anyBackend }) => {
  const backend = anyBackend as WebGPUBackend;
  const { x, gamma, beta } = inputs as { x: TensorInfo; gamma: TensorInfo; beta: TensorInfo };
  const size = sizeOf(x, gamma);
  const sums = columnSums(backend, {
    name: 'moments',
    inputs: { x },
    ...size,
    terms: ['x[i] - x[c]', '(x[i] - x[c]) * (x[i] - x[c])'],
  });
  const numbers = { count: size.rows };
  const mean = mapValues(backend, {
    name: 'mean-of-moments',
    inputs: { x, sums },
    shape: gamma.shape,
    numbers,
    code: 'return x[i] + sums[c] / uniforms.count;',
  });
  const variance = mapValues(backend, {
    name: 'variance-of-moments',
    inputs: { sums },
    shape: gamma.shape,
    numbers,
    code: 'let away = sums[c] / uniforms.count; return max(sums[uniforms.columns + i] / uniforms.count - away * away, 0.0);',
  });
  backend.disposeData(sums.dataId);
  const y = mapValues(backend, {
    name: 'batch-norm',
    inputs: { x, mean, variance, gamma, beta },
    shape: x.shape,
    numbers: { epsilon: Number(attrs?.epsilon) },
    code: 'return (x[i] - mean[c]) * (gamma[c] * inverseSqrt(variance[c] + uniforms.epsilon)) + beta[c];',
  });
  return [y, mean, variance];
};

/**
 * Gradients of {@link batchNormTraining}, the moments included:
 *
 *     dβ = Σ dy      dγ = r·Σ dy·(x - μ)      dx = γ·r·(dy - dβ/n - (x - μ)·r·dγ/n)
 *
 * Inputs `x`, `dy` [..., C], `gamma`, `mean`, `variance` [C], float32; attribute `epsilon`. Outputs dx, dγ and dβ.
 */
export const batchNormTrainingGrad: KernelFunc = ({ inputs, attrs, backend: anyBackend }) => {
  const backend = anyBackend as WebGPUBackend;
  const { x, dy, gamma, mean, variance } = inputs as Record<'x' | 'dy' | 'gamma' | 'mean' | 'variance', TensorInfo>;
  const size = sizeOf(x, gamma);
  const sums = columnSums(backend, {
    name: 'batch-norm-grad',
    inputs: { x, dy, mean },
    ...size,
    terms: ['dy[i]', 'dy[i] * (x[i] - mean[c])'],
  });
  const numbers = { epsilon: Number(attrs?.epsilon), count: size.rows };
  const dx = mapValues(backend, {
    name: 'batch-norm-grad-x',
    inputs: { x, dy, gamma, mean, variance, sums },
    shape: x.shape,
    numbers,
    code: `let r = inverseSqrt(variance[c] + uniforms.epsilon);
        let slope = (x[i] - mean[c]) * r * r * sums[uniforms.columns + c];
        return gamma[c] * r * (dy[i] - (sums[c] + slope) / uniforms.count);`,
  });
  const dGamma = mapValues(backend, {
    name: 'batch-norm-grad-gamma',
    inputs: { variance, sums },
    shape: gamma.shape,
    numbers: { epsilon: numbers.epsilon },
    code: 'return sums[uniforms.columns + c] * inverseSqrt(variance[c] + uniforms.epsilon);',
  });
  const dBeta = mapValues(backend, {
    name: 'batch-norm-grad-beta',
    inputs: { sums },
    shape: gamma.shape,
    code: 'return sums[c];',
  });
  backend.disposeData(sums.dataId);
  return [dx, dGamma, dBeta];
};

function sizeOf(x: TensorInfo, gamma: TensorInfo): { rows: number; columns: number } {
  const columns = gamma.shape[0]!;
  return { rows: util.sizeFromShape(x.shape) / columns, columns };
}
