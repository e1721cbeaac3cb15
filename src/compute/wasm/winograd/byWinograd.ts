import type { KernelFunc } from '@tensorflow/tfjs-core';
import { convAttributes, convGeometry } from '../convGeometry';
import { composeKernels, requireInput, wasmBackend } from '../kernelScope';
import { isWinogradConvolution } from './isWinogradConvolution';
import { winogradConv2D } from './winogradConv2D';

/** What Winograd's method can do after the sum, by the kernel that does it; null = nothing. */
const activations = new Map<unknown, string | null>([
  [undefined, null],
  ['linear', null],
  ['relu', 'Relu'],
  ['relu6', 'Relu6'],
]);

/** Wraps a stock `Conv2D` or `FusedConv2D`: convolutions that gain from Winograd's method are done by it. */
export function byWinograd(stock: KernelFunc): KernelFunc {
  return (call) => {
    const attributes = convAttributes(call.attrs);
    const activation = activations.get(call.attrs?.activation);
    const isPlain = attributes.dataFormat !== 'NCHW' && [attributes.dilations ?? 1].flat().every((d) => d === 1);
    if (activation === undefined || !isPlain) return stock(call);
    const x = requireInput(call.inputs, 'x');
    const filter = requireInput(call.inputs, 'filter');
    const geometry = convGeometry(x.shape, filter.shape, attributes);
    if (!isWinogradConvolution(geometry)) return stock(call);
    const backend = wasmBackend(call.backend);
    const sum = winogradConv2D(backend, x, filter, call.inputs.bias ?? null, geometry);
    if (activation === null) return sum;
    return composeKernels(backend, (run) => {
      const y = run(activation, { x: sum });
      if (y.dataId !== sum.dataId) backend.disposeData(sum.dataId);
      return y;
    });
  };
}
