import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { combineColumns, scaleColumns } from './columns/scaleColumns';
import { sumColumnProducts, sumColumns } from './columns/sumColumns';
import { heapFloats, requireInput, wasmBackend } from './kernelScope';

/**
 * Batch normalisation by the batch's own moments, per channel c over the n other positions:
 *
 *     μ = Σ x / n      σ² = Σ (x - μ)² / n      y = γ·(x - μ)·r + β with r = 1/√(σ² + ε)
 *
 * Inputs `x` [..., C], `gamma` and `beta` [C], float32; attribute `epsilon`. Outputs y, μ and σ².
 */
export const batchNormTraining: KernelFunc = ({ inputs, attrs, backend: anyBackend }) => {
  const backend = wasmBackend(anyBackend);
  const x = requireInput(inputs, 'x');
  const gamma = requireInput(inputs, 'gamma');
  const beta = requireInput(inputs, 'beta');
  const epsilon = Number(attrs?.epsilon);
  const channels = gamma.shape[0]!;
  const count = util.sizeFromShape(x.shape) / channels;
  const mean = Float32Array.from(sumColumns(backend, x, channels), (sum) => sum / count);
  const centred = { matrix: x, shift: mean };
  const variance = Float32Array.from(sumColumnProducts(backend, centred, centred, channels), (sum) => sum / count);
  const betas = heapFloats(backend, beta);
  const gain = Float64Array.from(
    heapFloats(backend, gamma),
    (value, channel) => value / Math.sqrt(variance[channel]! + epsilon),
  );
  const shift = gain.map((factor, channel) => betas[channel]! - mean[channel]! * factor);
  return [scaleColumns(backend, { matrix: x, gain }, shift), vectorOf(backend, mean), vectorOf(backend, variance)];
};

/**
 * Gradients of {@link batchNormTraining}, the moments included:
 *
 *     dβ = Σ dy      dγ = r·Σ dy·(x - μ)      dx = γ·r·(dy - dβ/n - (x - μ)·r·dγ/n)
 *
 * Inputs `x`, `dy` [..., C], `gamma`, `mean`, `variance` [C], float32; attribute `epsilon`. Outputs dx, dγ and dβ.
 */
export const batchNormTrainingGrad: KernelFunc = ({ inputs, attrs, backend: anyBackend }) => {
  const backend = wasmBackend(anyBackend);
  const x = requireInput(inputs, 'x');
  const dy = requireInput(inputs, 'dy');
  const gamma = requireInput(inputs, 'gamma');
  const [mean, variance] = (['mean', 'variance'] as const).map((name) =>
    Float64Array.from(heapFloats(backend, requireInput(inputs, name))),
  ) as [Float64Array, Float64Array];
  const channels = gamma.shape[0]!;
  const count = util.sizeFromShape(x.shape) / channels;
  const dBeta = sumColumns(backend, dy, channels);
  const products = sumColumnProducts(backend, { matrix: dy, shift: null }, { matrix: x, shift: mean }, channels);
  const epsilon = Number(attrs?.epsilon);
  const r = variance.map((value) => 1 / Math.sqrt(value + epsilon));
  const dGamma = products.map((sum, channel) => sum * r[channel]!);
  const gammas = heapFloats(backend, gamma);
  const gain = r.map((value, channel) => value * gammas[channel]!);
  const slope = gain.map((value, channel) => (-value * r[channel]! * dGamma[channel]!) / count);
  const shift = gain.map((value, channel) => (-value * dBeta[channel]!) / count - mean[channel]! * slope[channel]!);
  return [
    combineColumns(backend, { matrix: dy, gain }, { matrix: x, gain: slope }, shift),
    vectorOf(backend, dGamma),
    vectorOf(backend, dBeta),
  ];
};

function vectorOf(backend: BackendWasm, values: ArrayLike<number>): TensorInfo {
  const vector = backend.makeOutput([values.length], 'float32');
  heapFloats(backend, vector).set(values);
  return vector;
}
