import {
  backend_util,
  type KernelFunc,
  type MeanAttrs,
  type NamedAttrMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { heapFloats, requireInput, wasmBackend } from './kernelScope';

/**
 * Wraps the stock `Sum` or `Mean`: a reduction over the leading axes, as in a bias gradient or the moments of batch
 * normalisation, adds up rows in place (in float64) instead of transposing the whole tensor first. Other reductions
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
    const sums = sumRows(heapFloats(backend, x), reduction.columns);
    const divisor = kind === 'mean' ? x.shape.reduce((a, b) => a * b, 1) / reduction.columns : 1;
    heapFloats(backend, output).set(sums.map((sum) => sum / divisor));
    return output;
  };
}

/** Values that stay in the first-level cache while the columns are gone through four at a time. */
const blockValues = 4096;

/**
 * Sums of the columns of a row-major matrix.
 *
 * Four sums at a time are kept in registers: adding into an array waits for each store.
 */
export function sumRows(x: Float32Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  const block = Math.max(1, Math.floor(blockValues / columns)) * columns;
  const fours = columns - (columns % 4);
  for (let start = 0; start < x.length; start += block) {
    const end = Math.min(x.length, start + block);
    for (let column = 0; column < fours; column += 4) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let i = start + column; i < end; i += columns) {
        a += x[i]!;
        b += x[i + 1]!;
        c += x[i + 2]!;
        d += x[i + 3]!;
      }
      sums[column]! += a;
      sums[column + 1]! += b;
      sums[column + 2]! += c;
      sums[column + 3]! += d;
    }
    for (let column = fours; column < columns; column++) {
      let sum = 0;
      for (let i = start + column; i < end; i += columns) sum += x[i]!;
      sums[column]! += sum;
    }
  }
  return sums;
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
