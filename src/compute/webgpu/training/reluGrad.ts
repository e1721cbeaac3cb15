import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { mapValues } from './mapValues';

/** Gradient of ReLU in one pass: dy where x > 0, else 0. */
export const reluGrad: KernelFunc = ({ inputs, backend }) => {
  const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
  return mapValues(backend as WebGPUBackend, {
    name: 'relu-grad',
    inputs: { x, dy },
    shape: x.shape,
    code: 'return select(0.0, dy[i], x[i] > 0.0);',
  });
};
