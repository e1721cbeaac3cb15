import { type GradConfig, mul, reshape, type Tensor, tile, util } from '@tensorflow/tfjs-core';

/**
 * Gradient of `Sum`: dX = dY repeated along the summed axes.
 *
 * Replaces the stock one, which multiplies dY by a tensor of ones that is made on the CPU and uploaded in every step.
 */
export const sumGradient: GradConfig = {
  kernelName: 'Sum',
  inputsToSave: ['x'],
  gradFunc: (dy, saved, attrs) => ({ x: () => repeatAlong(firstOf(dy), shapeOf(saved), attrs.axis) }),
};

/** Gradient of `Mean`: dX = dY / n repeated along the n averaged values. Replaces the stock one as {@link sumGradient}. */
export const meanGradient: GradConfig = {
  kernelName: 'Mean',
  inputsToSave: ['x'],
  gradFunc: (dy, saved, attrs) => ({
    x: () => {
      const shape = shapeOf(saved);
      const count = util.sizeFromShape(shape) / firstOf(dy).size;
      return repeatAlong(mul(firstOf(dy), 1 / count), shape, attrs.axis);
    },
  }),
};

function repeatAlong(dy: Tensor, shape: number[], axis: unknown): Tensor {
  // tfjs passes attributes untyped and has checked them in the op.
  const axes = util.parseAxisParam(axis as number | number[], shape);
  const kept = shape.map((size, index) => (axes.includes(index) ? 1 : size));
  const repeats = shape.map((size, index) => (axes.includes(index) ? size : 1));
  return tile(reshape(dy, kept), repeats);
}

function firstOf(dy: Tensor | Tensor[]): Tensor {
  return Array.isArray(dy) ? dy[0]! : dy;
}

function shapeOf(saved: Tensor[]): number[] {
  return saved[0]!.shape;
}
