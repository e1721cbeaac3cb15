import type { PoolGeometry } from './maxPoolGrad';

/**
 * Gradient of 2-D max pooling by its definition: for every output, look at every pixel of its window in row order, keep
 * the first largest, and give it the output's gradient.
 * @param x [batch, inHeight, inWidth, channels]
 * @param dy [batch, outHeight, outWidth, channels]
 */
export function maxPoolGradReference(x: ArrayLike<number>, dy: ArrayLike<number>, g: PoolGeometry): Float64Array {
  const dx = new Float64Array(x.length);
  for (let n = 0; n < g.batch; n++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      for (let ox = 0; ox < g.outWidth; ox++) {
        for (let c = 0; c < g.channels; c++) {
          const window: { at: number; value: number }[] = [];
          for (let i = 0; i < g.windowHeight; i++) {
            for (let j = 0; j < g.windowWidth; j++) {
              const row = oy * g.strideHeight + i - g.top;
              const column = ox * g.strideWidth + j - g.left;
              if (row < 0 || row >= g.inHeight || column < 0 || column >= g.inWidth) continue;
              const at = ((n * g.inHeight + row) * g.inWidth + column) * g.channels + c;
              window.push({ at, value: x[at]! });
            }
          }
          const largest = Math.max(...window.map(({ value }) => value));
          const winner = window.find(({ value }) => value === largest);
          const gradient = dy[((n * g.outHeight + oy) * g.outWidth + ox) * g.channels + c]!;
          if (winner) dx[winner.at]! += gradient;
        }
      }
    }
  }
  return dx;
}
