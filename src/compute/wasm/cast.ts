import type { CastAttrs, KernelFunc } from '@tensorflow/tfjs-core';
import { requireInput, wasmBackend } from './kernelScope';
import { sharedIdentity } from './sharedIdentity';

/**
 * Wraps the stock `Cast`: a cast to the type that the values already have shares them instead of copying, and a cast to
 * `bool` asks whether a value is zero (the stock kernel keeps its lowest byte: -1.3 becomes 255, 0.5 becomes 0).
 */
export function correctCast(stock: KernelFunc): KernelFunc {
  const identity = sharedIdentity(stock);
  return (call) => {
    const x = requireInput(call.inputs, 'x');
    // tfjs passes attributes untyped and has checked them in the op.
    const { dtype } = call.attrs as unknown as CastAttrs;
    if (x.dtype === dtype) return identity(call);
    if (dtype !== 'bool') return stock(call);
    const backend = wasmBackend(call.backend);
    const output = backend.makeOutput(x.shape, 'bool');
    const values = backend.typedArrayFromHeap(x);
    const flags = backend.typedArrayFromHeap(output);
    for (let i = 0; i < flags.length; i++) flags[i] = values[i] === 0 ? 0 : 1;
    return output;
  };
}
