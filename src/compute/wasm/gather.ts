import type { KernelFunc } from '@tensorflow/tfjs-core';
import { composeKernels, wasmBackend } from './kernelScope';

/**
 * Wraps the stock `GatherV2`. It stores its result under the shape of its inner loop, [1, outer, kept, inner], and only
 * calls it by the right one; a kernel that looks at the stored shape, such as `FusedConv2D` at its bias, then refuses it.
 * A whole slice stores the values under their own shape.
 */
export function gatherUnderOwnShape(stock: KernelFunc): KernelFunc {
  return (call) => {
    const backend = wasmBackend(call.backend);
    return composeKernels(backend, (run) => {
      const gathered = stock(call);
      if (Array.isArray(gathered)) return gathered[0]!;
      const begin = gathered.shape.map(() => 0);
      const result = run('Slice', { x: gathered }, { begin, size: gathered.shape });
      backend.disposeData(gathered.dataId);
      return result;
    });
  };
}
