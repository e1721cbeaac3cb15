import type { KernelFunc } from '@tensorflow/tfjs-core';
import { requireInput, wasmBackend } from './kernelScope';

/**
 * `Identity` that shares the data, as `Reshape` does, instead of copying it. The tape saves a clone of every value
 * that a gradient needs: with the stock kernel that is a copy of every map of the network, each step.
 */
export function sharedIdentity(stock: KernelFunc): KernelFunc {
  return (call) => {
    const x = requireInput(call.inputs, 'x');
    if (x.dtype === 'string') return stock(call);
    wasmBackend(call.backend).incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  };
}
