import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvGeometry, convAttributes, convGeometry, shape4D } from './convGeometry';
import { heapFloats, requireInput, wasmBackend } from './kernelScope';

/**
 * Gradient of a depthwise convolution with respect to its input, which the stock WASM backend lacks.
 *
 *     dX[n, y, x, c] = Σ over weights (i, j) and multiples m of W[i, j, c, m] · dY[n, (y + top - i)/s, (x + left - j)/s, c·M + m]
 *
 * Inputs `dy` [batch, outHeight, outWidth, in·M] and `filter` [height, width, in, M], float32.
 * @throws `shape-mismatch` when channels are not last
 */
export const depthwiseBackpropInput: KernelFunc = ({ inputs, attrs, backend: anyBackend }) => {
  const backend = wasmBackend(anyBackend);
  const dy = requireInput(inputs, 'dy');
  const filter = requireInput(inputs, 'filter');
  const attributes = convAttributes(attrs);
  const inputShape = shape4D(attributes.inputShape ?? []);
  const geometry = convGeometry(inputShape, filter.shape, attributes, true);
  const dx: TensorInfo = backend.makeOutput(inputShape, 'float32');
  const target = heapFloats(backend, dx).fill(0);
  const weights = heapFloats(backend, filter);
  const gradient = heapFloats(backend, dy);
  forEachTap(geometry, (pixel, out, tap) => {
    const multiplier = geometry.outChannels / geometry.inChannels;
    for (let c = 0; c < geometry.inChannels; c++) {
      let sum = 0;
      for (let m = 0; m < multiplier; m++) {
        const channel = c * multiplier + m;
        sum += weights[tap * geometry.outChannels + channel]! * gradient[out * geometry.outChannels + channel]!;
      }
      target[pixel * geometry.inChannels + c]! += sum;
    }
  });
  return dx;
};

/**
 * Gradient of a depthwise convolution with respect to its filter, which the stock WASM backend lacks.
 *
 *     dW[i, j, c, m] = Σ over images n and output pixels (y, x) of X[n, y·s + i - top, x·s + j - left, c] · dY[n, y, x, c·M + m]
 *
 * Inputs `x` [batch, height, width, in] and `dy` [batch, outHeight, outWidth, in·M], float32.
 * @throws `shape-mismatch` when channels are not last
 */
export const depthwiseBackpropFilter: KernelFunc = ({ inputs, attrs, backend: anyBackend }) => {
  const backend = wasmBackend(anyBackend);
  const x = requireInput(inputs, 'x');
  const dy = requireInput(inputs, 'dy');
  const attributes = convAttributes(attrs);
  const filterShape = shape4D(attributes.filterShape ?? []);
  const geometry = convGeometry(x.shape, filterShape, attributes, true);
  const sums = new Float64Array(geometry.kernelHeight * geometry.kernelWidth * geometry.outChannels);
  const dFilter = backend.makeOutput(filterShape, 'float32');
  const values = heapFloats(backend, x);
  const gradient = heapFloats(backend, dy);
  forEachTap(geometry, (pixel, out, tap) => {
    const multiplier = geometry.outChannels / geometry.inChannels;
    for (let c = 0; c < geometry.inChannels; c++) {
      const value = values[pixel * geometry.inChannels + c]!;
      for (let m = 0; m < multiplier; m++) {
        const channel = c * multiplier + m;
        sums[tap * geometry.outChannels + channel]! += value * gradient[out * geometry.outChannels + channel]!;
      }
    }
  });
  heapFloats(backend, dFilter).set(sums);
  return dFilter;
};

/** Calls `body` for every output pixel and every tap of its window that lies on the image, with flat pixel indices. */
function forEachTap(g: ConvGeometry, body: (pixel: number, out: number, tap: number) => void): void {
  for (let n = 0, out = 0; n < g.batch; n++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      for (let ox = 0; ox < g.outWidth; ox++, out++) {
        for (let i = 0; i < g.kernelHeight; i++) {
          const row = oy * g.strideHeight + i - g.top;
          if (row < 0 || row >= g.inHeight) continue;
          for (let j = 0; j < g.kernelWidth; j++) {
            const column = ox * g.strideWidth + j - g.left;
            if (column < 0 || column >= g.inWidth) continue;
            body((n * g.inHeight + row) * g.inWidth + column, out, i * g.kernelWidth + j);
          }
        }
      }
    }
  }
}
