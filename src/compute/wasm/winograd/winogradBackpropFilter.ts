import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvGeometry } from '../convGeometry';
import { heapFloats } from '../kernelScope';
import { tileBytes, tileRows as tileInputs, tileColumns as tileOutputs } from '../simd/filterGradientTiles';
import { panelColumns } from '../simd/matrixTiles';
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
import { patchRows, transformInput } from './winogradConv2D';

type Stretch = 'patch' | 'inputs' | 'dyTiles' | 'dys' | 'sums' | 'gradient';

/**
 * Gradient of a 3×3 convolution with stride 1 with respect to its filter, by Winograd's method: the sum over all tiles
 * of V ∘ (H·dy·Hᵀ) is taken first, and turned into the nine taps at the end.
 *
 * @param x float32 [batch, height, width, in]
 * @param dy float32 [batch, outHeight, outWidth, out]
 * @returns float32 [3, 3, in, out]
 */
export function winogradBackpropFilter(
  backend: BackendWasm,
  x: TensorInfo,
  dy: TensorInfo,
  geometry: ConvGeometry,
): TensorInfo {
  const { inChannels, outChannels } = geometry;
  const rows = planTileRows(geometry);
  const dFilter = backend.makeOutput([3, 3, inChannels, outChannels], 'float32');
  const work = openWorkSpace<Stretch>(
    backend,
    {
      patch: patchRows(rows.perBlock) * rows.patchColumns * inChannels + 4,
      inputs: patchSize * rows.blockTiles * rows.inWidth,
      dyTiles: tileSide * tileSide * rows.perBlock * rows.tileColumns * outChannels + panelColumns,
      dys: patchSize * rows.blockTiles * rows.outWidth,
      sums: patchSize * rows.inWidth * rows.outWidth,
      gradient: 9 * rows.inWidth * rows.outWidth,
    },
    ['patch', 'dyTiles', 'sums'],
  );
  try {
    for (const first of blockStarts(rows)) {
      const runs = runsOfBlock(rows, first);
      for (const run of runs) {
        transformInput(backend, work, addressOf(backend, x), run, geometry, rows);
        transformGradient(backend, work, addressOf(backend, dy), run, geometry, rows);
      }
      addProducts(backend, work, runs, rows);
    }
    writeTaps(backend, work, heapFloats(backend, dFilter), geometry, rows);
    return dFilter;
  } finally {
    work.dispose();
  }
}

/** H·dy·Hᵀ of some rows of tiles. */
function transformGradient(
  backend: BackendWasm,
  { address, values }: WorkSpace<Stretch>,
  dy: number,
  { image, first, rows, tilesBefore }: TileRun,
  { outHeight, outWidth: width, outChannels }: ConvGeometry,
  { tileColumns, blockTiles, outWidth }: TileRows,
): void {
  const columns = tileSide * tileColumns;
  copyWindow(
    backend,
    { address: dy, height: outHeight, width, channels: outChannels },
    image,
    { row: first * tileSide, column: 0 },
    { address: address.dyTiles, values: values.dyTiles, rows: tileSide * rows, columns },
  );
  const planeBytes = blockTiles * outWidth * 4;
  const rowBytes = columns * outChannels * 4;
  simdKernels(backend).winogradOutputGradient(
    address.dyTiles,
    address.dys + tilesBefore * outWidth * 4,
    rows,
    tileColumns,
    outWidth / 4,
    rowBytes,
    outChannels * 4,
    tileSide * outChannels * 4,
    tileSide * rowBytes,
    patchSide * planeBytes,
    planeBytes,
    outWidth * 4,
    tileColumns * outWidth * 4,
  );
}

/** sums += Σ over tiles of V · dyᵀ, for each of the sixteen values of a patch. */
function addProducts(
  backend: BackendWasm,
  { address }: WorkSpace<Stretch>,
  runs: TileRun[],
  { tileColumns, blockTiles, inWidth, outWidth }: TileRows,
): void {
  const { filterGradientTiles } = simdKernels(backend);
  const tiles = runs.reduce((sum, { rows }) => sum + rows * tileColumns, 0);
  for (let value = 0; value < patchSize; value++) {
    filterGradientTiles(
      address.inputs + value * blockTiles * inWidth * 4,
      address.dys + value * blockTiles * outWidth * 4,
      address.sums + value * inWidth * outWidth * 4,
      1,
      inWidth / tileInputs,
      outWidth / tileOutputs,
      1,
      tiles,
      0,
      inWidth * 4,
      0,
      outWidth * 4,
      0,
    );
  }
}

/** dw = Cᵀ·sums·C, tile by tile of 4 × 8 channels, without the channels that only fill up a tile. */
function writeTaps(
  backend: BackendWasm,
  { address, values }: WorkSpace<Stretch>,
  dFilter: Float32Array,
  { inChannels, outChannels }: ConvGeometry,
  { inWidth, outWidth }: TileRows,
): void {
  const { winogradFilterGradient } = simdKernels(backend);
  const planeBytes = inWidth * outWidth * 4;
  let source = address.sums;
  for (let c = 0; c < inWidth; c += tileInputs) {
    for (let o = 0; o < outWidth; o += tileOutputs, source += tileBytes) {
      winogradFilterGradient(
        source,
        address.gradient + (c * outWidth + o) * 4,
        1,
        tileInputs,
        tileOutputs / 4,
        patchSide * planeBytes,
        planeBytes,
        tileOutputs * 4,
        0,
        3 * planeBytes,
        planeBytes,
        outWidth * 4,
        0,
      );
    }
  }
  for (let tap = 0; tap < 9; tap++) {
    for (let c = 0; c < inChannels; c++) {
      const from = (tap * inWidth + c) * outWidth;
      dFilter.set(values.gradient.subarray(from, from + outChannels), (tap * inChannels + c) * outChannels);
    }
  }
}
