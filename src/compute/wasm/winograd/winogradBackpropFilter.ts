import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvGeometry } from '../convGeometry';
import { heapFloats } from '../kernelScope';
import { tileBytes, tileColumns as tileOutputs, tileRows as tileInputs } from '../simd/filterGradientTiles';
import { panelColumns } from '../simd/matrixTiles';
import { addressOf, simdKernels } from '../simd/simdKernels';
import { copyWindow, patchSide, patchSize, planTileRows, type TileRows, tileSide } from './tileRows';
import { transformInput } from './winogradConv2D';
import { openWorkSpace, type WorkSpace } from './workSpace';

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
  const work = openWorkSpace<Stretch>(backend, {
    patch: patchSide * rows.patchColumns * inChannels + 4,
    inputs: patchSize * rows.blockTiles * rows.inWidth,
    dyTiles: tileSide * tileSide * rows.tileColumns * outChannels + panelColumns,
    dys: patchSize * rows.blockTiles * rows.outWidth,
    sums: patchSize * rows.inWidth * rows.outWidth,
    gradient: 9 * rows.inWidth * rows.outWidth,
  });
  try {
    const [inputs, gradients] = [heapFloats(backend, x), heapFloats(backend, dy)];
    for (let first = 0; first < rows.count; first += rows.perBlock) {
      const used = Math.min(rows.perBlock, rows.count - first);
      for (let row = 0; row < used; row++) {
        transformInput(backend, work, inputs, first + row, row, geometry, rows);
        transformGradient(backend, work, gradients, first + row, row, geometry, rows);
      }
      addProducts(backend, work, used * rows.tileColumns, rows);
    }
    writeTaps(backend, work, heapFloats(backend, dFilter), geometry, rows);
    return dFilter;
  } finally {
    work.dispose();
  }
}

/** H·dy·Hᵀ of one row of tiles. */
function transformGradient(
  backend: BackendWasm,
  { address, values }: WorkSpace<Stretch>,
  dy: Float32Array,
  tileRow: number,
  rowOfBlock: number,
  { outHeight, outWidth: width, outChannels }: ConvGeometry,
  { perImage, tileColumns, blockTiles, outWidth }: TileRows,
): void {
  copyWindow(
    dy,
    { height: outHeight, width, channels: outChannels },
    Math.floor(tileRow / perImage),
    { row: (tileRow % perImage) * tileSide, column: 0 },
    values.dyTiles,
    { rows: tileSide, columns: tileSide * tileColumns },
  );
  const planeBytes = blockTiles * outWidth * 4;
  simdKernels(backend).winogradOutputGradient(
    address.dyTiles,
    address.dys + rowOfBlock * tileColumns * outWidth * 4,
    tileColumns,
    outWidth / 4,
    tileSide * tileColumns * outChannels * 4,
    outChannels * 4,
    tileSide * outChannels * 4,
    patchSide * planeBytes,
    planeBytes,
    outWidth * 4,
  );
}

/** sums += Σ over tiles of V · dyᵀ, for each of the sixteen values of a patch. */
function addProducts(
  backend: BackendWasm,
  { address }: WorkSpace<Stretch>,
  tiles: number,
  { blockTiles, inWidth, outWidth }: TileRows,
): void {
  const { filterGradientTiles } = simdKernels(backend);
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
        tileInputs,
        tileOutputs / 4,
        patchSide * planeBytes,
        planeBytes,
        tileOutputs * 4,
        3 * planeBytes,
        planeBytes,
        outWidth * 4,
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
