import {
  avgPool,
  type GradConfig,
  matMul,
  mul,
  type NamedAttrMap,
  type ResizeBilinearAttrs,
  reshape,
  type Tensor,
  type Tensor4D,
  tensor,
} from '@tensorflow/tfjs-core';

/** Where a resizing takes its pixels from; the same for both ways of resizing. */
type Centres = Pick<ResizeBilinearAttrs, 'alignCorners' | 'halfPixelCenters'>;

/** Place in the image that a pixel of the result stands for, and the pixels of the image that it is made of. */
type SharesAt = (place: number, last: number, centres: Centres) => [pixel: number, share: number][];

/**
 * Gradient of `ResizeNearestNeighbor`: every pixel gets the sum of dY over the pixels that are copies of it.
 *
 * Replaces the stock one, which takes wrong pixels on `cpu` from the second image of a batch on, and knows half-pixel
 * centres on no backend.
 */
export const resizeNearestGradient: GradConfig = {
  kernelName: 'ResizeNearestNeighbor',
  inputsToSave: ['images'],
  gradFunc: (dys, saved, attrs) => ({
    images: () => {
      const [dy, shape] = [firstOf(dys), shapeOf(saved)];
      return sumOfBlocks(dy, shape, attrs) ?? sumByShares(dy, shape, attrs, nearestPixel);
    },
  }),
};

/**
 * Gradient of `ResizeBilinear`: every pixel gets dY of the pixels that it has a share in, times this share.
 *
 * Replaces the stock one, which swaps the sides on `cpu` and fails for maps that are no square, and knows half-pixel centres
 * on no backend.
 */
export const resizeBilinearGradient: GradConfig = {
  kernelName: 'ResizeBilinear',
  inputsToSave: ['images'],
  gradFunc: (dys, saved, attrs) => ({
    images: () => sumByShares(firstOf(dys), shapeOf(saved), attrs, pixelsAround),
  }),
};

/** Where every pixel is repeated a whole number of times: the block's average times its size. Null elsewhere. */
function sumOfBlocks(dy: Tensor4D, [, height, width]: Tensor4D['shape'], attrs: NamedAttrMap): Tensor4D | null {
  const block: [number, number] = [dy.shape[1] / height, dy.shape[2] / width];
  if (attrs.alignCorners || !block.every(Number.isInteger)) return null;
  return mul(avgPool(dy, block, block, 'valid'), block[0] * block[1]);
}

/** dX = Rᵀ·dY·C for each channel, where Y = R·X·Cᵀ: a resizing works on rows and on columns alone. */
function sumByShares(dy: Tensor4D, shape: Tensor4D['shape'], attrs: NamedAttrMap, sharesAt: SharesAt): Tensor4D {
  // tfjs passes attributes untyped and has checked them in the op.
  const centres = attrs as unknown as Centres;
  const [batch, height, width, channels] = shape;
  const [, outHeight, outWidth] = dy.shape;
  const rows = shareMatrix(height, outHeight, centres, sharesAt);
  const columns = shareMatrix(width, outWidth, centres, sharesAt);
  const byRows = matMul(rows, reshape(dy, [batch, outHeight, outWidth * channels]));
  return reshape(matMul(columns, reshape(byRows, [batch * height, outWidth, channels])), shape);
}

/** What share each pixel of one side has in each pixel of the resized side. @returns [1, from, to] */
function shareMatrix(from: number, to: number, centres: Centres, sharesAt: SharesAt): Tensor {
  const values = new Float32Array(from * to);
  const ratio = centres.alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  for (let at = 0; at < to; at++) {
    const place = centres.halfPixelCenters ? ratio * (at + 0.5) : ratio * at;
    for (const [pixel, share] of sharesAt(place, from - 1, centres)) values[pixel * to + at]! += share;
  }
  return tensor(values, [1, from, to]);
}

const nearestPixel: SharesAt = (place, last, { alignCorners }) => [
  [Math.min(last, alignCorners ? Math.round(place) : Math.floor(place)), 1],
];

const pixelsAround: SharesAt = (place, last, { halfPixelCenters }) => {
  const between = Math.max(0, halfPixelCenters ? place - 0.5 : place);
  const below = Math.min(last, Math.floor(between));
  const share = between - below;
  return [
    [below, 1 - share],
    [Math.min(last, below + 1), share],
  ];
};

function firstOf(dys: Tensor | Tensor[]): Tensor4D {
  return (Array.isArray(dys) ? dys[0]! : dys) as Tensor4D;
}

function shapeOf(saved: Tensor[]): Tensor4D['shape'] {
  return (saved as [Tensor4D])[0].shape;
}
