import type { ConvGeometry } from '../convGeometry';
import { matrixRows, panelColumns } from '../simd/matrixTiles';

/** Outputs of a tile along one side. */
export const tileSide = 2;
/** Pixels that a tile's outputs are made of, along one side. */
export const patchSide = 4;
/** Values of a patch, and matrix products that a block of tiles takes. */
export const patchSize = patchSide * patchSide;

/** Tiles worked on together: enough for a filter to be worth fetching, few enough to stay in the cache. */
const tilesPerBlock = 64;

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

/** Cuts the output of a 3×3 convolution into rows of tiles. */
export function planTileRows({ batch, outHeight, outWidth, inChannels, outChannels }: ConvGeometry): TileRows {
  const tileColumns = Math.ceil(outWidth / tileSide);
  const perImage = Math.ceil(outHeight / tileSide);
  const count = batch * perImage;
  const perBlock = Math.min(count, Math.max(1, Math.floor(tilesPerBlock / tileColumns)));
  return {
    tileColumns,
    perImage,
    count,
    perBlock,
    blockTiles: Math.ceil((perBlock * tileColumns) / matrixRows) * matrixRows,
    patchColumns: tileSide * tileColumns + 2,
    inWidth: Math.ceil(inChannels / 4) * 4,
    outWidth: Math.ceil(outChannels / panelColumns) * panelColumns,
  };
}

/** A picture's rows of pixels, image after image. */
interface Picture {
  height: number;
  width: number;
  channels: number;
}

/**
 * Copies rows of one image of a batch into a window that may reach over its edges; there it is 0.
 *
 * @param window row-major [rows, columns, channels]. Its columns outside the image are left as they are: 0 from the start
 * @param place row and column of the image at the window's first pixel, negative outside
 */
export function copyWindow(
  pixels: Float32Array,
  { height, width, channels }: Picture,
  image: number,
  place: { row: number; column: number },
  window: Float32Array,
  size: { rows: number; columns: number },
): void {
  const first = Math.max(0, place.column);
  const end = Math.min(width, place.column + size.columns);
  const rowLength = size.columns * channels;
  for (let row = 0; row < size.rows; row++) {
    const imageRow = place.row + row;
    if (imageRow < 0 || imageRow >= height || end <= first) {
      window.fill(0, row * rowLength, (row + 1) * rowLength);
      continue;
    }
    const source = (image * height + imageRow) * width;
    window.set(
      pixels.subarray((source + first) * channels, (source + end) * channels),
      row * rowLength + (first - place.column) * channels,
    );
  }
}
