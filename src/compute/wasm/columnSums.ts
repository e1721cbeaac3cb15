import {
  backend_util,
  type KernelFunc,
  type MeanAttrs,
  type NamedAttrMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { sumColumns } from './columns/sumColumns';
import { heapFloats, requireInput, wasmBackend } from './kernelScope';

/**
 * Wraps the stock `Sum` or `Mean`: a reduction over the leading axes, as in a bias gradient or the moments of batch
 * normalisation, adds up rows in place instead of transposing the whole tensor first. Other reductions
 * go to the stock kernel.
 * @param stock the stock kernel of the same name
 * @param kind `mean` divides by the number of rows
 */
export function columnReduction(stock: KernelFunc, kind: 'sum' | 'mean'): KernelFunc {
  return (call) => {
    const x = requireInput(call.inputs, 'x');
    const reduction = leadingAxes(x, call.attrs);
    if (!reduction) return stock(call);
    const backend = wasmBackend(call.backend);
    const output = backend.makeOutput(reduction.outShape, 'float32');
    const sums = sumColumns(backend, x, reduction.columns);
    const divisor = kind === 'mean' ? x.shape.reduce((a, b) => a * b, 1) / reduction.columns : 1;
    heapFloats(backend, output).set(sums.map((sum) => sum / divisor));
    return output;
  };
}

/** The reduction as rows × columns, or undefined when the axes are not leading ones, or there is nothing to add. */
function leadingAxes(x: TensorInfo, attrs: NamedAttrMap | undefined) {
  // tfjs passes attributes untyped and has checked them in the op.
  const { axis, keepDims } = attrs as unknown as MeanAttrs;
  const axes = util.parseAxisParam(axis, x.shape).toSorted((a, b) => a - b);
  const size = util.sizeFromShape(x.shape);
  const isLeading = axes.length < x.shape.length && axes.every((value, index) => value === index);
  if (!isLeading || x.dtype !== 'float32' || size === 0) return undefined;
  const kept = x.shape.slice(axes.length);
  return {
    columns: util.sizeFromShape(kept),
    outShape: keepDims ? backend_util.expandShapeToKeepDim(kept, axes) : kept,
  };
}
