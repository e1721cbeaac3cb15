import { div, type GradConfig, mul, reshape, step, sub, sum, type Tensor, util } from '@tensorflow/tfjs-core';

/**
 * Gradient of `Max`, of which global max pooling is made: dY is shared out evenly among the values that are the largest,
 * as Keras does.
 *
 * Replaces the stock one, which gives each of them the whole of dY. Computed without truth values: on WebGPU a tensor that
 * was cast from them cannot be summed over its inner axes.
 */
export const maxGradient: GradConfig = {
  kernelName: 'Max',
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dys, saved, attrs) => ({
    x: () => {
      const dy = Array.isArray(dys) ? dys[0]! : dys;
      const [x, y] = saved as [Tensor, Tensor];
      // tfjs passes attributes untyped and has checked them in the op.
      const axes = util.parseAxisParam(attrs.reductionIndices as number | number[], x.shape);
      const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      const isLargest = sub(1, step(sub(reshape(y, kept), x)));
      return mul(isLargest, div(reshape(dy, kept), sum(isLargest, axes, true)));
    },
  }),
};
