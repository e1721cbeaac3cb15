import { backend_util, type KernelFunc, type MaxPoolGradAttrs, type NamedAttrMap } from '@tensorflow/tfjs-core';
import { LabError } from '../../foundation/labError';
import { shape4D } from './convGeometry';
import { heapFloats, requireInput, wasmBackend } from './kernelScope';
import { addressOf, simdKernels } from './simd/simdKernels';

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
  heapFloats(backend, dx).fill(0);
  const { largestOfWindow } = simdKernels(backend);
  const vectors = Math.floor(geometry.channels / 4);
  const [xStart, dxStart, dyStart] = [input, dx, dy].map((tensor) => addressOf(backend, tensor)) as [
    number,
    number,
    number,
  ];
  const scalars = { x: heapFloats(backend, input), dx: heapFloats(backend, dx), dy: heapFloats(backend, dy) };
  forEachRun(geometry, (run) => {
    const { first, out, windows, rows, columns, pixelStep, rowStep } = run;
    if (vectors > 0) {
      largestOfWindow(
        xStart + first * 4,
        dxStart + first * 4,
        dyStart + out * 4,
        windows,
        geometry.strideWidth * pixelStep * 4,
        vectors,
        rows,
        columns,
        pixelStep * 4,
        rowStep * 4,
      );
    }
    for (let channel = vectors * 4; channel < geometry.channels; channel++) {
      addToLargest(scalars, run, geometry.strideWidth, channel);
    }
  });
  return dx;
};

/** Pooling windows of one row with as much of each on the image; positions and steps count values. */
interface PoolWindows {
  /** Of the first window's first pixel, in the input. */
  first: number;
  /** Of the first output pixel. */
  out: number;
  windows: number;
  rows: number;
  columns: number;
  pixelStep: number;
  rowStep: number;
}

function forEachRun(g: PoolGeometry, visit: (windows: PoolWindows) => void): void {
  const rowStep = g.inWidth * g.channels;
  let out = 0;
  for (let image = 0; image < g.batch; image++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      const firstRow = Math.max(0, oy * g.strideHeight - g.top);
      const rows = Math.min(g.inHeight, oy * g.strideHeight - g.top + g.windowHeight) - firstRow;
      for (let ox = 0; ox < g.outWidth; ) {
        const firstColumn = Math.max(0, ox * g.strideWidth - g.left);
        const columns = columnsOnImage(g, ox);
        const windows = ox * g.strideWidth < g.left ? 1 : alikeFrom(g, ox, columns);
        const first = (image * g.inHeight + firstRow) * rowStep + firstColumn * g.channels;
        if (rows > 0 && columns > 0) visit({ first, out, windows, rows, columns, pixelStep: g.channels, rowStep });
        ox += windows;
        out += windows * g.channels;
      }
    }
  }
}

function columnsOnImage({ inWidth, strideWidth, left, windowWidth }: PoolGeometry, ox: number): number {
  const start = ox * strideWidth - left;
  return Math.min(inWidth, start + windowWidth) - Math.max(0, start);
}

/** How many windows from `ox` on, none of which begins left of the image, have this many columns on it. */
function alikeFrom(g: PoolGeometry, ox: number, columns: number): number {
  let end = ox + 1;
  while (end < g.outWidth && columnsOnImage(g, end) === columns) end++;
  return end - ox;
}

/** One channel of some windows, for the channels that fill no vector. */
function addToLargest(
  { x, dx, dy }: { x: Float32Array; dx: Float32Array; dy: Float32Array },
  { first, out, windows, rows, columns, pixelStep, rowStep }: PoolWindows,
  stride: number,
  channel: number,
): void {
  for (let window = 0; window < windows; window++) {
    let largest = Number.NEGATIVE_INFINITY;
    let at = -1;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const pixel = first + row * rowStep + (column + window * stride) * pixelStep + channel;
        const value = x[pixel]!;
        if (value > largest) {
          largest = value;
          at = pixel;
        }
      }
    }
    if (at >= 0) dx[at]! += dy[out + window * pixelStep + channel]!;
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
