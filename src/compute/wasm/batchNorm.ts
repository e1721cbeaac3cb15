import type { FusedBatchNormAttrs, KernelFunc } from '@tensorflow/tfjs-core';
import { scaleColumns } from './columns/scaleColumns';
import { heapFloats, requireInput, wasmBackend } from './kernelScope';

/**
 * Wraps the stock `FusedBatchNorm`, a scalar loop: with one mean per channel, y = x·gain + shift in one vector pass,
 * where gain = γ/√(σ² + ε) and shift = β - μ·gain are worked out here in float64. Other shapes go to the stock kernel.
 */
export function batchNormByGain(stock: KernelFunc): KernelFunc {
  return (call) => {
    const x = requireInput(call.inputs, 'x');
    const mean = requireInput(call.inputs, 'mean');
    const variance = requireInput(call.inputs, 'variance');
    const { scale, offset } = call.inputs;
    const isPerChannel = [mean, variance, scale, offset].every((part) => !part || part.shape.length === 1);
    if (!isPerChannel || x.shape.length < 2) return stock(call);
    // tfjs passes attributes untyped and has checked them in the op.
    const { varianceEpsilon } = call.attrs as unknown as FusedBatchNormAttrs;
    const backend = wasmBackend(call.backend);
    const gammas = scale && heapFloats(backend, scale);
    const betas = offset && heapFloats(backend, offset);
    const means = heapFloats(backend, mean);
    const gain = Float64Array.from(
      heapFloats(backend, variance),
      (value, channel) => (gammas?.[channel] ?? 1) / Math.sqrt(value + varianceEpsilon),
    );
    const shift = gain.map((factor, channel) => (betas?.[channel] ?? 0) - means[channel]! * factor);
    return scaleColumns(backend, { matrix: x, gain }, shift);
  };
}
