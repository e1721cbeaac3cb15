import type { KernelFunc } from '@tensorflow/tfjs-core';
import { convAttributes, convGeometry, shape4D } from './convGeometry';
import { forEachImageChunk } from './imageChunks';
import { imageToColumns } from './imageColumns';
import { composeKernels, heapFloats, requireInput, wasmBackend } from './kernelScope';

/**
 * Gradient of a 2-D convolution with respect to its filter, which the stock WASM backend lacks.
 *
 *     dW[i, j, c, o] = Σ over images n and output pixels (y, x) of X[n, y·s + i - top, x·s + j - left, c] · dY[n, y, x, o]
 *
 * computed as columns(X) · dY, one matrix product for as many images as the column buffer takes.
 * Inputs `x` [batch, height, width, in] and `dy` [batch, outHeight, outWidth, out], float32.
 * @throws `shape-mismatch` when channels are not last
 */
export const conv2DBackpropFilter: KernelFunc = ({ inputs, attrs, backend: anyBackend }) => {
  const backend = wasmBackend(anyBackend);
  const x = requireInput(inputs, 'x');
  const dy = requireInput(inputs, 'dy');
  const attributes = convAttributes(attrs);
  const filterShape = shape4D(attributes.filterShape ?? []);
  const geometry = convGeometry(x.shape, filterShape, attributes);
  const weights = geometry.kernelHeight * geometry.kernelWidth * geometry.inChannels;
  return composeKernels(backend, (run) => {
    const total = run('Fill', {}, { shape: filterShape, value: 0, dtype: 'float32' });
    forEachImageChunk(backend, dy, geometry, ({ run: runChunk, rows, firstImage, images }) => {
      const columnShape = [1, weights, images * geometry.outHeight * geometry.outWidth];
      const columns = backend.makeOutput(columnShape, 'float32');
      imageToColumns(heapFloats(backend, x), heapFloats(backend, columns), geometry, firstImage, images);
      const part = runChunk('BatchMatMul', { a: columns, b: rows }, { transposeA: false, transposeB: false });
      backend.disposeData(columns.dataId);
      addTo(heapFloats(backend, total), heapFloats(backend, part));
    });
    return total;
  });
};

function addTo(total: Float32Array, part: Float32Array): void {
  for (let i = 0; i < total.length; i++) total[i]! += part[i]!;
}
