import type { ConvGeometry } from './convGeometry';

/**
 * Adds every column value to the input pixel that it belongs to: the value at output pixel p and weight (i, j, c) goes
 * to the pixel that the weight meets there.
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
