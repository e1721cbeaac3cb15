import type { ConvGeometry } from '../convGeometry';
import { matrixRows, panelColumns } from '../simd/matrixTiles';

/** Outputs of a tile along one side. */
export const tileSide = 2;
/** Pixels that a tile's outputs are made of, along one side. */
export const patchSide = 4;
/** Values of a patch, and matrix products that a block of tiles takes. */
export const patchSize = patchSide * patchSide;

/** Tiles worked on together, at least: enough for a filter to be worth fetching from memory. */
const fewestTiles = 64;
/** Bytes that the transformed tiles of a block may take: they should stay in the cache. */
const blockBytes = 2 ** 18;

/** How the output of a convolution is cut into rows of 2×2 tiles, and how wide its rows of channels are in memory. */
export interface TileRows {
  /** Tiles in a row of tiles. */
  tileColumns: number;
  /** Rows of tiles in an image. */
  perImage: number;
  /** Rows of tiles in the whole batch. */
  count: number;
  /** Rows of tiles worked on together. */
  perBlock: number;
  /** Tiles of a block, filled up to whole groups of matrix rows. */
  blockTiles: number;
  /** Pixels in a row of patches. */
  patchColumns: number;
  /** Input channels, filled up to whole vectors. */
  inWidth: number;
  /** Output channels, filled up to whole panels. */
  outWidth: number;
}

/** Rows of tiles of one image within a block. */
export interface TileRun {
  image: number;
  /** Row of tiles in the image. */
  first: number;
  rows: number;
  /** Tiles of the block that come before. */
  tilesBefore: number;
}

/** Cuts the output of a 3×3 convolution into rows of tiles. */
export function planTileRows({ batch, outHeight, outWidth, inChannels, outChannels }: ConvGeometry): TileRows {
  const tileColumns = Math.ceil(outWidth / tileSide);
  const perImage = Math.ceil(outHeight / tileSide);
  const count = batch * perImage;
  const inWidth = Math.ceil(inChannels / 4) * 4;
  const outLanes = Math.ceil(outChannels / panelColumns) * panelColumns;
  const tiles = Math.max(fewestTiles, blockBytes / (patchSize * 4 * (inWidth + outLanes)));
  const perBlock = Math.min(count, Math.max(1, Math.floor(tiles / tileColumns)));
  return {
    tileColumns,
    perImage,
    count,
    perBlock,
    blockTiles: Math.ceil((perBlock * tileColumns) / matrixRows) * matrixRows,
    patchColumns: tileSide * tileColumns + 2,
    inWidth,
    outWidth: outLanes,
  };
}

/** The rows of tiles of a block, image by image. */
export function runsOfBlock({ count, perBlock, perImage, tileColumns }: TileRows, firstRow: number): TileRun[] {
  const runs: TileRun[] = [];
  const end = Math.min(count, firstRow + perBlock);
  for (let row = firstRow; row < end; ) {
    const image = Math.floor(row / perImage);
    const first = row - image * perImage;
    const rows = Math.min(perImage - first, end - row);
    runs.push({ image, first, rows, tilesBefore: (row - firstRow) * tileColumns });
    row += rows;
  }
  return runs;
}

/** The rows of tiles at which blocks begin. */
export function blockStarts({ count, perBlock }: TileRows): number[] {
  return Array.from({ length: Math.ceil(count / perBlock) }, (_, block) => block * perBlock);
}
