import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvGeometry } from '../convGeometry';
import { heapFloats } from '../kernelScope';
import { matrixRows, panelColumns } from '../simd/matrixTiles';
import { addressOf, simdKernels } from '../simd/simdKernels';
import { openWorkSpace, type WorkSpace } from '../workSpace';
import { copyWindow } from './copyWindow';
import {
  blockStarts,
  patchSide,
  patchSize,
  planTileRows,
  runsOfBlock,
  type TileRows,
  type TileRun,
  tileSide,
} from './tileRows';

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
  const isWhole = rows.outWidth === outChannels;
  const work = openWorkSpace<Stretch>(
    backend,
    {
      // What follows the last channel is read, and goes to outputs that nobody uses.
      filter: isWhole ? 0 : 9 * inChannels * outChannels + panelColumns,
      patch: patchRows(rows.perBlock) * rows.patchColumns * inChannels + 4,
      weights: patchSize * rows.inWidth * rows.outWidth,
      inputs: patchSize * rows.blockTiles * rows.inWidth,
      products: patchSize * rows.blockTiles * rows.outWidth,
      tiles: tileSide * tileSide * rows.perBlock * rows.tileColumns * rows.outWidth,
      bias: rows.outWidth,
      zeros: rows.outWidth,
    },
    ['filter', 'patch', 'bias', 'zeros', ...(rows.inWidth === inChannels ? [] : (['weights'] as const))],
  );
  try {
    if (!isWhole) work.values.filter.set(heapFloats(backend, filter));
    if (bias) work.values.bias.set(heapFloats(backend, bias));
    transformFilter(backend, work, isWhole ? addressOf(backend, filter) : work.address.filter, geometry, rows);
    for (const first of blockStarts(rows)) {
      const runs = runsOfBlock(rows, first);
      for (const run of runs) transformInput(backend, work, addressOf(backend, x), run, geometry, rows);
      multiply(backend, work, runs, rows);
      for (const run of runs) writeOutput(backend, work, addressOf(backend, y), run, geometry, rows);
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
  filter: number,
  { inChannels, outChannels }: ConvGeometry,
  { inWidth, outWidth }: TileRows,
): void {
  const { winogradFilter } = simdKernels(backend);
  const panelBytes = panelColumns * 4;
  const tapBytes = inChannels * outChannels * 4;
  const planeBytes = inWidth * outWidth * 4;
  for (let panel = 0; panel < outWidth / panelColumns; panel++) {
    winogradFilter(
      filter + panel * panelBytes,
      address.weights + panel * inWidth * panelBytes,
      1,
      inChannels,
      panelColumns / 4,
      3 * tapBytes,
      tapBytes,
      outChannels * 4,
      0,
      patchSide * planeBytes,
      planeBytes,
      panelBytes,
      0,
    );
  }
}

/** Rows of pixels that rows of tiles are made of. */
export function patchRows(tileRows: number): number {
  return tileSide * tileRows + 2;
}

/** V = Bᵀ·x·B of some rows of tiles. */
export function transformInput(
  backend: BackendWasm,
  { address, values }: WorkSpace<'patch' | 'inputs'>,
  x: number,
  { image, first, rows, tilesBefore }: TileRun,
  { inHeight, inWidth: width, inChannels, top, left }: ConvGeometry,
  { patchColumns, tileColumns, inWidth, blockTiles }: TileRows,
): void {
  copyWindow(
    backend,
    { address: x, height: inHeight, width, channels: inChannels },
    image,
    { row: first * tileSide - top, column: -left },
    { address: address.patch, values: values.patch, rows: patchRows(rows), columns: patchColumns },
  );
  const planeBytes = blockTiles * inWidth * 4;
  const rowBytes = patchColumns * inChannels * 4;
  simdKernels(backend).winogradInput(
    address.patch,
    address.inputs + tilesBefore * inWidth * 4,
    rows,
    tileColumns,
    inWidth / 4,
    rowBytes,
    inChannels * 4,
    tileSide * inChannels * 4,
    tileSide * rowBytes,
    patchSide * planeBytes,
    planeBytes,
    inWidth * 4,
    tileColumns * inWidth * 4,
  );
}

/** U ∘ V, summed over the input channels: one matrix product for each of the sixteen values of a patch. */
function multiply(
  backend: BackendWasm,
  { address }: WorkSpace<Stretch>,
  runs: TileRun[],
  { tileColumns, blockTiles, inWidth, outWidth }: TileRows,
): void {
  const { matrixTiles } = simdKernels(backend);
  const tiles = runs.reduce((sum, { rows }) => sum + rows * tileColumns, 0);
  for (let value = 0; value < patchSize; value++) {
    matrixTiles(
      // The second value of the second row counts once in each of the four outputs.
      value === patchSide + 1 ? address.bias : address.zeros,
      address.inputs + value * blockTiles * inWidth * 4,
      address.weights + value * inWidth * outWidth * 4,
      address.products + value * blockTiles * outWidth * 4,
      Math.ceil(tiles / matrixRows),
      inWidth,
      outWidth / panelColumns,
    );
  }
}

/** y = Aᵀ·(U ∘ V)·A of some rows of tiles, without what lies outside the image. */
function writeOutput(
  backend: BackendWasm,
  { address }: WorkSpace<Stretch>,
  y: number,
  { image, first, rows, tilesBefore }: TileRun,
  { outHeight, outWidth: width, outChannels }: ConvGeometry,
  { tileColumns, blockTiles, outWidth }: TileRows,
): void {
  const { winogradOutput, copyRows } = simdKernels(backend);
  const planeBytes = blockTiles * outWidth * 4;
  const pixelBytes = outWidth * 4;
  const rowBytes = tileSide * tileColumns * pixelBytes;
  winogradOutput(
    address.products + tilesBefore * pixelBytes,
    address.tiles,
    rows,
    tileColumns,
    outWidth / 4,
    patchSide * planeBytes,
    planeBytes,
    pixelBytes,
    tileColumns * pixelBytes,
    rowBytes,
    pixelBytes,
    tileSide * pixelBytes,
    tileSide * rowBytes,
  );
  const firstRow = first * tileSide;
  const pixelRows = Math.min(tileSide * rows, outHeight - firstRow);
  const targetRowBytes = width * outChannels * 4;
  const target = y + (image * outHeight + firstRow) * targetRowBytes;
  if (outWidth === outChannels) {
    copyRows(address.tiles, target, pixelRows, targetRowBytes, rowBytes, targetRowBytes);
    return;
  }
  // Leaves out the channels that only fill up a panel.
  for (let row = 0; row < pixelRows; row++) {
    const from = address.tiles + row * rowBytes;
    copyRows(from, target + row * targetRowBytes, width, outChannels * 4, pixelBytes, outChannels * 4);
  }
}
