import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvGeometry } from '../convGeometry';
import { heapFloats } from '../kernelScope';
import { matrixRows, panelColumns } from '../simd/matrixTiles';
import { addressOf, simdKernels } from '../simd/simdKernels';
import { copyWindow, patchSide, patchSize, planTileRows, type TileRows, tileSide } from './tileRows';
import { openWorkSpace, type WorkSpace } from './workSpace';

type Stretch = 'filter' | 'patch' | 'weights' | 'inputs' | 'products' | 'tiles' | 'bias' | 'zeros';

/**
 * A 3×3 convolution with stride 1 by Winograd's method: 16 products per pair of channels and four outputs instead of 36.
 * Rounding errors stay within a few units of those of the direct sum.
 *
 * @param x float32 [batch, height, width, in]
 * @param filter float32 [3, 3, in, out]
 * @param bias float32 [out], added to every output; null for none
 * @param geometry see {@link isWinogradConvolution}, which must hold
 * @returns float32 [batch, outHeight, outWidth, out]
 */
export function winogradConv2D(
  backend: BackendWasm,
  x: TensorInfo,
  filter: TensorInfo,
  bias: TensorInfo | null,
  geometry: ConvGeometry,
): TensorInfo {
  const { batch, outHeight, outWidth, inChannels, outChannels } = geometry;
  const rows = planTileRows(geometry);
  const y = backend.makeOutput([batch, outHeight, outWidth, outChannels], 'float32');
  const work = openWorkSpace<Stretch>(backend, {
    // What follows the last channel is read, and goes to outputs that nobody uses.
    filter: 9 * inChannels * outChannels + panelColumns,
    patch: patchSide * rows.patchColumns * inChannels + 4,
    weights: patchSize * rows.inWidth * rows.outWidth,
    inputs: patchSize * rows.blockTiles * rows.inWidth,
    products: patchSize * rows.blockTiles * rows.outWidth,
    tiles: tileSide * tileSide * rows.tileColumns * rows.outWidth,
    bias: rows.outWidth,
    zeros: rows.outWidth,
  });
  try {
    work.values.filter.set(heapFloats(backend, filter));
    if (bias) work.values.bias.set(heapFloats(backend, bias));
    transformFilter(backend, work, geometry, rows);
    const [from, to] = [heapFloats(backend, x), heapFloats(backend, y)];
    for (let first = 0; first < rows.count; first += rows.perBlock) {
      const used = Math.min(rows.perBlock, rows.count - first);
      for (let row = 0; row < used; row++) transformInput(backend, work, from, first + row, row, geometry, rows);
      multiply(backend, work, used, rows);
      for (let row = 0; row < used; row++) writeOutput(backend, work, to, first + row, row, geometry, rows);
    }
    return y;
  } finally {
    work.dispose();
  }
}

/** U = G·w·Gᵀ, in panels of output channels. */
function transformFilter(
  backend: BackendWasm,
  { address }: WorkSpace<Stretch>,
  { inChannels, outChannels }: ConvGeometry,
  { inWidth, outWidth }: TileRows,
): void {
  const { winogradFilter } = simdKernels(backend);
  const panelBytes = panelColumns * 4;
  const tapBytes = inChannels * outChannels * 4;
  const planeBytes = inWidth * outWidth * 4;
  for (let panel = 0; panel < outWidth / panelColumns; panel++) {
    winogradFilter(
      address.filter + panel * panelBytes,
      address.weights + panel * inWidth * panelBytes,
      inChannels,
      panelColumns / 4,
      3 * tapBytes,
      tapBytes,
      outChannels * 4,
      patchSide * planeBytes,
      planeBytes,
      panelBytes,
    );
  }
}

/** V = Bᵀ·x·B of one row of tiles. */
export function transformInput(
  backend: BackendWasm,
  { address, values }: WorkSpace<'patch' | 'inputs'>,
  x: Float32Array,
  tileRow: number,
  rowOfBlock: number,
  { inHeight, inWidth: width, inChannels, top, left }: ConvGeometry,
  { perImage, patchColumns, tileColumns, inWidth, blockTiles }: TileRows,
): void {
  copyWindow(
    x,
    { height: inHeight, width, channels: inChannels },
    Math.floor(tileRow / perImage),
    { row: (tileRow % perImage) * tileSide - top, column: -left },
    values.patch,
    { rows: patchSide, columns: patchColumns },
  );
  const planeBytes = blockTiles * inWidth * 4;
  simdKernels(backend).winogradInput(
    address.patch,
    address.inputs + rowOfBlock * tileColumns * inWidth * 4,
    tileColumns,
    inWidth / 4,
    patchColumns * inChannels * 4,
    inChannels * 4,
    tileSide * inChannels * 4,
    patchSide * planeBytes,
    planeBytes,
    inWidth * 4,
  );
}

/** U ∘ V, summed over the input channels: one matrix product for each of the sixteen values of a patch. */
function multiply(
  backend: BackendWasm,
  { address }: WorkSpace<Stretch>,
  rowsUsed: number,
  { tileColumns, blockTiles, inWidth, outWidth }: TileRows,
): void {
  const { matrixTiles } = simdKernels(backend);
  const rowGroups = Math.ceil((rowsUsed * tileColumns) / matrixRows);
  for (let value = 0; value < patchSize; value++) {
    matrixTiles(
      // The middle value of a patch counts once in each of its four outputs.
      value === patchSide + 1 ? address.bias : address.zeros,
      address.inputs + value * blockTiles * inWidth * 4,
      address.weights + value * inWidth * outWidth * 4,
      address.products + value * blockTiles * outWidth * 4,
      rowGroups,
      inWidth,
      outWidth / panelColumns,
    );
  }
}

/** y = Aᵀ·(U ∘ V)·A of one row of tiles, without what lies outside the image. */
function writeOutput(
  backend: BackendWasm,
  { address, values }: WorkSpace<Stretch>,
  y: Float32Array,
  tileRow: number,
  rowOfBlock: number,
  { outHeight, outWidth: width, outChannels }: ConvGeometry,
  { perImage, tileColumns, blockTiles, outWidth }: TileRows,
): void {
  const planeBytes = blockTiles * outWidth * 4;
  const pixelBytes = outWidth * 4;
  simdKernels(backend).winogradOutput(
    address.products + rowOfBlock * tileColumns * pixelBytes,
    address.tiles,
    tileColumns,
    outWidth / 4,
    patchSide * planeBytes,
    planeBytes,
    pixelBytes,
    tileSide * tileColumns * pixelBytes,
    pixelBytes,
    tileSide * pixelBytes,
  );
  const image = Math.floor(tileRow / perImage);
  const firstRow = (tileRow % perImage) * tileSide;
  for (let row = 0; row < Math.min(tileSide, outHeight - firstRow); row++) {
    const source = row * tileSide * tileColumns * outWidth;
    const target = (image * outHeight + firstRow + row) * width * outChannels;
    if (outWidth === outChannels) {
      y.set(values.tiles.subarray(source, source + width * outChannels), target);
    } else {
      dropPadding(values.tiles, source, outWidth, y, target, outChannels, width);
    }
  }
}

/** Copies `pixels` rows of channels, leaving out the channels that only fill up a panel. */
function dropPadding(
  source: Float32Array,
  sourceStart: number,
  sourceWidth: number,
  target: Float32Array,
  targetStart: number,
  targetWidth: number,
  pixels: number,
): void {
  let to = targetStart;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = sourceStart + pixel * sourceWidth;
    for (let channel = 0; channel < targetWidth; channel++) target[to++] = source[from + channel]!;
  }
}
