import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvGeometry, convAttributes, convGeometry, shape4D } from './convGeometry';
import { heapFloats, requireInput, wasmBackend } from './kernelScope';
import { tileBytes, tileColumns, tileRows } from './simd/filterGradientTiles';
import { addressOf, simdKernels } from './simd/simdKernels';
import { isWinogradConvolution } from './winograd/isWinogradConvolution';
import { winogradBackpropFilter } from './winograd/winogradBackpropFilter';

/**
 * Gradient of a 2-D convolution with respect to its filter, which the stock WASM backend lacks.
 *
 *     dW[i, j, c, o] = Σ over images n and output pixels (y, x) of X[n, y·s + i - top, x·s + j - left, c] · dY[n, y, x, o]
 *
 * Image by image, x is copied between zero borders, and a vector kernel adds block by block of output pixels to tiles
 * of the gradient.
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
  if (isWinogradConvolution(geometry)) return winogradBackpropFilter(backend, x, dy, geometry);
  const layout = stageLayout(geometry);
  const dFilter = backend.makeOutput(filterShape, 'float32');
  const stage = backend.makeOutput([layout.length], 'float32');
  heapFloats(backend, stage).fill(0);
  for (let image = 0; image < geometry.batch; image++) {
    stageImage(heapFloats(backend, x), heapFloats(backend, dy), heapFloats(backend, stage), image, geometry, layout);
    addImage(backend, stage, geometry, layout);
  }
  readTiles(heapFloats(backend, stage).subarray(layout.tiles), heapFloats(backend, dFilter), geometry, layout);
  backend.disposeData(stage.dataId);
  return dFilter;
};

/** Where things lie in the working memory of one image, in values. */
interface StageLayout {
  paddedHeight: number;
  paddedWidth: number;
  inputTiles: number;
  outputTiles: number;
  /** The image starts at 0. */
  dy: number;
  tiles: number;
  length: number;
}

function stageLayout(g: ConvGeometry): StageLayout {
  const paddedHeight = (g.outHeight - 1) * g.strideHeight + g.kernelHeight;
  const paddedWidth = (g.outWidth - 1) * g.strideWidth + g.kernelWidth;
  const inputTiles = Math.ceil(g.inChannels / tileRows);
  const outputTiles = Math.ceil(g.outChannels / tileColumns);
  const dy = paddedHeight * paddedWidth * g.inChannels + tileColumns;
  const tiles = dy + g.outHeight * g.outWidth * g.outChannels + tileColumns;
  const tileValues = (g.kernelHeight * g.kernelWidth * inputTiles * outputTiles * tileBytes) / 4;
  return { paddedHeight, paddedWidth, inputTiles, outputTiles, dy, tiles, length: tiles + tileValues };
}

/** Copies one image between its zero borders, which are never written, and its output gradient behind it. */
function stageImage(
  x: Float32Array,
  dy: Float32Array,
  stage: Float32Array,
  image: number,
  { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, top, left }: ConvGeometry,
  { paddedHeight, paddedWidth, dy: dyStart }: StageLayout,
): void {
  const endRow = Math.min(inHeight, paddedHeight - top);
  const firstColumn = Math.max(0, -left);
  const endColumn = Math.min(inWidth, paddedWidth - left);
  for (let row = Math.max(0, -top); row < endRow && firstColumn < endColumn; row++) {
    const source = (image * inHeight + row) * inWidth;
    const target = (row + top) * paddedWidth + left;
    stage.set(
      x.subarray((source + firstColumn) * inChannels, (source + endColumn) * inChannels),
      (target + firstColumn) * inChannels,
    );
  }
  const dyLength = outHeight * outWidth * outChannels;
  stage.set(dy.subarray(image * dyLength, (image + 1) * dyLength), dyStart);
}

/** Pixels of a block: enough work for the sums of a tile to be worth loading and storing. */
const blockPixels = 64;

function addImage(backend: BackendWasm, stage: TensorInfo, g: ConvGeometry, layout: StageLayout): void {
  const { filterGradientTiles } = simdKernels(backend);
  const start = addressOf(backend, stage);
  const xRowBytes = layout.paddedWidth * g.inChannels * 4;
  const dyRowBytes = g.outWidth * g.outChannels * 4;
  const blockRows = Math.ceil(blockPixels / g.outWidth);
  const kernelRowBytes = g.kernelWidth * layout.inputTiles * layout.outputTiles * tileBytes;
  for (let row = 0; row < g.outHeight; row += blockRows) {
    for (let i = 0; i < g.kernelHeight; i++) {
      filterGradientTiles(
        start + (row * g.strideHeight + i) * xRowBytes,
        start + layout.dy * 4 + row * dyRowBytes,
        start + layout.tiles * 4 + i * kernelRowBytes,
        g.kernelWidth,
        layout.inputTiles,
        layout.outputTiles,
        Math.min(blockRows, g.outHeight - row),
        g.outWidth,
        g.inChannels * 4,
        g.strideWidth * g.inChannels * 4,
        g.strideHeight * xRowBytes,
        g.outChannels * 4,
        dyRowBytes,
      );
    }
  }
}

/** Takes the gradient out of the tiles, leaving out the channels that only fill them up. */
function readTiles(tiles: Float32Array, dFilter: Float32Array, g: ConvGeometry, layout: StageLayout): void {
  const { inputTiles, outputTiles } = layout;
  let target = 0;
  for (let tap = 0; tap < g.kernelHeight * g.kernelWidth; tap++) {
    for (let c = 0; c < g.inChannels; c++) {
      const tileOfRow = (tap * inputTiles + Math.floor(c / tileRows)) * outputTiles;
      for (let o = 0; o < g.outChannels; o++) {
        const tile = tileOfRow + Math.floor(o / tileColumns);
        dFilter[target++] = tiles[(tile * tileRows + (c % tileRows)) * tileColumns + (o % tileColumns)]!;
      }
    }
  }
}
