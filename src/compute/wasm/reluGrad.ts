import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { heapFloats, requireInput, wasmBackend } from './kernelScope';
import { addressOf, simdKernels } from './simd/simdKernels';

/**
 * Gradient of `Relu`: dx = dy where x > 0, else 0, in one pass. Stock tfjs takes three: a step, a cast, a product.
 * Inputs `x` and `dy`, float32 of one shape.
 */
export const reluGrad: KernelFunc = ({ inputs, backend: anyBackend }) => {
  const backend = wasmBackend(anyBackend);
  const x = requireInput(inputs, 'x');
  const dy = requireInput(inputs, 'dy');
  const dx = backend.makeOutput(x.shape, 'float32');
  const size = util.sizeFromShape(x.shape);
  const vectors = Math.floor(size / 4);
  if (vectors > 0) {
    simdKernels(backend).reluGradient(addressOf(backend, x), addressOf(backend, dy), addressOf(backend, dx), vectors);
  }
  const [from, gradient, to] = [x, dy, dx].map((tensor) => heapFloats(backend, tensor));
  for (let i = vectors * 4; i < size; i++) to![i] = from![i]! > 0 ? gradient![i]! : 0;
  return dx;
};
