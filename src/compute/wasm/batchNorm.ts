import type { FusedBatchNormAttrs, KernelFunc } from '@tensorflow/tfjs-core';
import { composeKernels, heapFloats, requireInput, wasmBackend } from './kernelScope';

/**
 * Wraps the stock `FusedBatchNorm`, a scalar loop: with one mean per channel, y = x·gain + shift, two vector kernels,
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
    return composeKernels(backend, (run) => {
      const gain = run('Fill', {}, { shape: mean.shape, value: 0, dtype: 'float32' });
      const shift = run('Fill', {}, { shape: mean.shape, value: 0, dtype: 'float32' });
      const [gains, shifts, means, variances] = [gain, shift, mean, variance].map((part) => heapFloats(backend, part));
      const gammas = scale && heapFloats(backend, scale);
      const betas = offset && heapFloats(backend, offset);
      for (let channel = 0; channel < gains!.length; channel++) {
        const factor = (gammas?.[channel] ?? 1) / Math.sqrt(variances![channel]! + varianceEpsilon);
        gains![channel] = factor;
        shifts![channel] = (betas?.[channel] ?? 0) - means![channel]! * factor;
      }
      return run('Add', { a: run('Multiply', { a: x, b: gain }), b: shift });
    });
  };
}
