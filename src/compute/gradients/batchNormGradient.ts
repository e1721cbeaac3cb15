import {
  add,
  type FusedBatchNormAttrs,
  type GradConfig,
  mul,
  neg,
  reshape,
  rsqrt,
  scalar,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * Gradient of `FusedBatchNorm`, y = γ·(x - μ)·r + β with r = 1/√(σ² + ε), per channel:
 *
 *     dX = dY·γ·r     dμ = -γ·r·Σ dY     dσ² = -½·γ·r³·Σ dY·(x - μ)     dγ = r·Σ dY·(x - μ)     dβ = Σ dY
 *
 * Replaces the stock one, which tiles r over the whole map and reduces a product of maps for every parameter: here
 * two reductions serve all four. They are made at once, not in the closures: the tape disposes what a closure makes.
 */
export const batchNormGradient: GradConfig = {
  kernelName: 'FusedBatchNorm',
  inputsToSave: ['x', 'mean', 'variance', 'scale'],
  gradFunc: (dys, saved, attrs) => {
    // tfjs passes attributes untyped and has checked them in the op.
    const { varianceEpsilon } = attrs as unknown as FusedBatchNormAttrs;
    const dy = Array.isArray(dys) ? dys[0]! : dys;
    const [x, mean, variance] = saved as [Tensor, Tensor, Tensor];
    const scale = saved[3] ?? scalar(1);
    const axes = mean.rank === 1 ? x.shape.slice(0, -1).map((_, axis) => axis) : [];
    const reduce = (map: Tensor) => reshape(axes.length > 0 ? sum(map, axes) : map, mean.shape);

    const r = rsqrt(add(variance, varianceEpsilon));
    const gain = mul(r, scale);
    const sumDy = reduce(dy);
    const sumDyCentred = reduce(mul(dy, sub(x, mean)));
    return {
      x: () => mul(dy, gain),
      mean: () => neg(mul(gain, sumDy)),
      variance: () => mul(mul(mul(gain, mul(r, r)), sumDyCentred), -0.5),
      scale: () => mul(r, sumDyCentred),
      offset: () => add(sumDy, 0),
    };
  },
};
