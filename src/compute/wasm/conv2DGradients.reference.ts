import type { ConvGeometry } from './convGeometry';

/** Both gradients of a convolution, in float64. */
export interface ConvGradients {
  dx: Float64Array;
  dFilter: Float64Array;
}

/**
 * Both gradients of a 2-D convolution by its definition, in float64 and without tricks: every output value y = Σ x·w
 * sends dy·w to x and dy·x to w.
 * @param x [batch, inHeight, inWidth, inChannels]
 * @param filter [kernelHeight, kernelWidth, inChannels, outChannels]
 * @param dy [batch, outHeight, outWidth, outChannels]
 */
export function conv2DGradientsReference(
  x: ArrayLike<number>,
  filter: ArrayLike<number>,
  dy: ArrayLike<number>,
  g: ConvGeometry,
): ConvGradients {
  const dx = new Float64Array(x.length);
  const dFilter = new Float64Array(filter.length);
  for (let n = 0; n < g.batch; n++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      for (let ox = 0; ox < g.outWidth; ox++) {
        for (let i = 0; i < g.kernelHeight; i++) {
          for (let j = 0; j < g.kernelWidth; j++) {
            const row = oy * g.strideHeight + i - g.top;
            const column = ox * g.strideWidth + j - g.left;
            if (row < 0 || row >= g.inHeight || column < 0 || column >= g.inWidth) continue;
            for (let c = 0; c < g.inChannels; c++) {
              for (let o = 0; o < g.outChannels; o++) {
                const at = ((n * g.inHeight + row) * g.inWidth + column) * g.inChannels + c;
                const weight = ((i * g.kernelWidth + j) * g.inChannels + c) * g.outChannels + o;
                const gradient = dy[((n * g.outHeight + oy) * g.outWidth + ox) * g.outChannels + o]!;
                dx[at]! += gradient * filter[weight]!;
                dFilter[weight]! += gradient * x[at]!;
              }
            }
          }
        }
      }
    }
  }
  return { dx, dFilter };
}
