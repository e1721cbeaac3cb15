import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend_util, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { columnSums } from './columnSums';

/** `Sum` that adds up float32 columns by the lab's kernel where the leading axes are summed; else as the stock one does. */
export function sumOverRows(stock: KernelFunc): KernelFunc {
  return (call) => {
    const x = call.inputs.x as TensorInfo;
    const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims: boolean };
    const axes = util.parseAxisParam(axis, x.shape).toSorted((a, b) => a - b);
    const isLeading = axes.every((value, index) => value === index);
    const columns = util.sizeFromShape(x.shape.slice(axes.length));
    const size = util.sizeFromShape(x.shape);
    if (x.dtype !== 'float32' || !isLeading || axes.length === 0 || axes.length === x.shape.length || size === 0) {
      return stock(call);
    }
    const backend = call.backend as WebGPUBackend;
    const rows = size / columns;
    // What tfjs has cast from int32 is int32 in memory still.
    const sums = columnSums(backend, { name: 'values', inputs: { x }, rows, columns, terms: ['f32(x[i])'] });
    const [outShape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
    return { ...sums, shape: keepDims ? backend_util.expandShapeToKeepDim(outShape, axes) : outShape };
  };
}
