import { cast, engine, type GradConfig, getBackend, getKernel, mul, step, type Tensor } from '@tensorflow/tfjs-core';

/** Name of the kernel that takes `x` and `dy`, on the backends that have one. */
export const reluGradKernel = 'ReluGrad';

/** Gradient of `Relu`: dX = dY where X > 0, else 0. One pass where the backend has a kernel for it. */
export const reluGradient: GradConfig = {
  kernelName: 'Relu',
  inputsToSave: ['x'],
  gradFunc: (dys, saved) => {
    const dy = Array.isArray(dys) ? dys[0]! : dys;
    const x = saved[0]!;
    const hasKernel = getKernel(reluGradKernel, getBackend()) !== undefined;
    return {
      x: () => (hasKernel ? engine().runKernel<Tensor>(reluGradKernel, { x, dy }) : mul(dy, cast(step(x), 'float32'))),
    };
  },
};
