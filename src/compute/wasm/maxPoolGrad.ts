import { backend_util, type KernelFunc, type MaxPoolGradAttrs, type NamedAttrMap } from '@tensorflow/tfjs-core';
import { LabError } from '../../foundation/labError';
import { shape4D } from './convGeometry';
import { heapFloats, requireInput, wasmBackend } from './kernelScope';

/** Sizes of a 2-D pooling, channels last. */
export interface PoolGeometry {
  batch: number;
  inHeight: number;
  inWidth: number;
  channels: number;
  outHeight: number;
  outWidth: number;
  windowHeight: number;
  windowWidth: number;
  strideHeight: number;
  strideWidth: number;
  top: number;
  left: number;
}

/**
 * Gradient of 2-D max pooling: each output's gradient goes to the first largest value of its window, in row order.
 *
 * Replaces the stock kernel, which sends it to a wrong pixel where all values of a window are negative.
 * Inputs `dy` [batch, outHeight, outWidth, channels] and `input` [batch, height, width, channels], float32.
 * @throws `shape-mismatch` when the images are not of rank 4
 */
export const maxPoolGrad: KernelFunc = ({ inputs, attrs, backend: anyBackend }) => {
  const backend = wasmBackend(anyBackend);
  const dy = requireInput(inputs, 'dy');
  const input = requireInput(inputs, 'input');
  const geometry = poolGeometry(input.shape, attrs);
  const dx = backend.makeOutput(input.shape, 'float32');
  const dxValues = heapFloats(backend, dx).fill(0);
  addToLargest(heapFloats(backend, input), heapFloats(backend, dy), dxValues, geometry);
  return dx;
};

function addToLargest(x: Float32Array, dy: Float32Array, dx: Float32Array, geometry: PoolGeometry): void {
  const { batch, inHeight, inWidth, channels, outHeight, outWidth, strideHeight, strideWidth } = geometry;
  const { windowHeight, windowWidth, top, left } = geometry;
  const rowLength = inWidth * channels;
  let out = 0;
  for (let image = 0; image < batch; image++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const firstRow = Math.max(0, oy * strideHeight - top);
      const endRow = Math.min(inHeight, oy * strideHeight - top + windowHeight);
      for (let ox = 0; ox < outWidth; ox++) {
        const firstColumn = Math.max(0, ox * strideWidth - left);
        const endColumn = Math.min(inWidth, ox * strideWidth - left + windowWidth);
        const corner = (image * inHeight + firstRow) * rowLength + firstColumn * channels;
        const rowSpan = (endColumn - firstColumn) * channels;
        const end = corner + (endRow - firstRow) * rowLength;
        for (let c = 0; c < channels; c++, out++) {
          let largest = Number.NEGATIVE_INFINITY;
          let at = -1;
          for (let row = corner + c; row < end; row += rowLength) {
            for (let pixel = row; pixel < row + rowSpan; pixel += channels) {
              const value = x[pixel]!;
              if (value > largest) {
                largest = value;
                at = pixel;
              }
            }
          }
          if (at >= 0) dx[at]! += dy[out]!;
        }
      }
    }
  }
}

/** Works out the sizes of a pooling as tfjs does. @throws `shape-mismatch` when channels are not last */
export function poolGeometry(inShape: readonly number[], attrs: NamedAttrMap | undefined): PoolGeometry {
  // tfjs passes attributes untyped and has checked them in the op.
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as MaxPoolGradAttrs;
  const info = backend_util.computePool2DInfo(shape4D(inShape), filterSize, strides, 1, pad, dimRoundingMode);
  if (info.dataFormat !== 'channelsLast') {
    throw new LabError({
      code: 'shape-mismatch',
      stage: 'computing a pooling gradient on WASM',
      message: 'A pooling with channels first has no gradient on WASM.',
      hint: 'Use channels-last images.',
    });
  }
  return {
    batch: info.batchSize,
    inHeight: info.inHeight,
    inWidth: info.inWidth,
    channels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    windowHeight: info.filterHeight,
    windowWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
}
