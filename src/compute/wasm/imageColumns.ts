import type { ConvGeometry } from './convGeometry';

/**
 * Spreads images into columns: row (i, j, c) of the result holds, for every output pixel, the input value that the
 * filter weight at row i, column j, input channel c meets there. A filter gradient is then one matrix product.
 * @param x images, [batch, inHeight, inWidth, inChannels]
 * @param columns receives [kernelHeight·kernelWidth·inChannels, images·outHeight·outWidth]; every value is written
 * @param firstImage index of the first image taken
 * @param images how many images are taken
 */
export function imageToColumns(
  x: Float32Array,
  columns: Float32Array,
  geometry: ConvGeometry,
  firstImage: number,
  images: number,
): void {
  const { inChannels, outHeight, outWidth, kernelHeight, kernelWidth, strideHeight, strideWidth } = geometry;
  const paddedHeight = (outHeight - 1) * strideHeight + kernelHeight;
  const paddedWidth = (outWidth - 1) * strideWidth + kernelWidth;
  const planes = new Float32Array(inChannels * paddedHeight * paddedWidth);
  const rowLength = images * outHeight * outWidth;
  for (let image = 0; image < images; image++) {
    fillPlanes(x, planes, geometry, firstImage + image, paddedHeight, paddedWidth);
    let row = 0;
    for (let i = 0; i < kernelHeight; i++) {
      for (let j = 0; j < kernelWidth; j++) {
        for (let c = 0; c < inChannels; c++, row++) {
          let target = row * rowLength + image * outHeight * outWidth;
          for (let oy = 0; oy < outHeight; oy++) {
            let source = (c * paddedHeight + oy * strideHeight + i) * paddedWidth + j;
            for (let ox = 0; ox < outWidth; ox++, source += strideWidth) columns[target++] = planes[source]!;
          }
        }
      }
    }
  }
}

/** Copies one image into zero-padded planes [inChannels, paddedHeight, paddedWidth]. The border is never written. */
function fillPlanes(
  x: Float32Array,
  planes: Float32Array,
  { inHeight, inWidth, inChannels, top, left }: ConvGeometry,
  image: number,
  paddedHeight: number,
  paddedWidth: number,
): void {
  const planeLength = paddedHeight * paddedWidth;
  const firstRow = Math.max(0, -top);
  const endRow = Math.min(inHeight, paddedHeight - top);
  const firstColumn = Math.max(0, -left);
  const endColumn = Math.min(inWidth, paddedWidth - left);
  for (let y = firstRow; y < endRow; y++) {
    let source = ((image * inHeight + y) * inWidth + firstColumn) * inChannels;
    const rowStart = (y + top) * paddedWidth + left;
    for (let column = firstColumn; column < endColumn; column++) {
      let target = rowStart + column;
      for (let c = 0; c < inChannels; c++, target += planeLength) planes[target] = x[source++]!;
    }
  }
}

/**
 * The adjoint of {@link imageToColumns} in the layout that a matrix product gives: adds every column value to the
 * input pixel that it came from.
 * @param columns [images·outHeight·outWidth, kernelHeight·kernelWidth·inChannels]
 * @param dx receives the sums, [batch, inHeight, inWidth, inChannels]; the images taken must hold zeros
 */
export function addColumnsToImage(
  columns: Float32Array,
  dx: Float32Array,
  geometry: ConvGeometry,
  firstImage: number,
  images: number,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, kernelHeight, kernelWidth } = geometry;
  const { strideHeight, strideWidth, top, left } = geometry;
  let source = 0;
  for (let image = firstImage; image < firstImage + images; image++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        for (let i = 0; i < kernelHeight; i++) {
          const y = oy * strideHeight + i - top;
          if (y < 0 || y >= inHeight) {
            source += kernelWidth * inChannels;
            continue;
          }
          for (let j = 0; j < kernelWidth; j++) {
            const column = ox * strideWidth + j - left;
            if (column < 0 || column >= inWidth) {
              source += inChannels;
              continue;
            }
            let target = ((image * inHeight + y) * inWidth + column) * inChannels;
            for (let c = 0; c < inChannels; c++) dx[target++]! += columns[source++]!;
          }
        }
      }
    }
  }
}
