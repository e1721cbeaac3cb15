import type { AffineMap } from './affineMap';

/** Every channel of a pixel whose origin lies outside the image: black, as in the published code. */
export const borderFill = 0;

const channels = 3;
/** Positions are whole numbers of 1/65536 pixel, weights of 1/2048: the same result on every machine. */
const positionBits = 16;
const weightBits = 11;
const one = 1 << positionBits;
const fullWeight = 1 << weightBits;
const half = 1 << (2 * weightBits - 1);

/**
 * Moves an image by bilinear interpolation. A pixel whose origin (its centre, mapped) is outside the image becomes
 * `borderFill`; inside, neighbours beyond the border are taken from the border. Pillow's rule for `Image.transform`.
 *
 * @param from uint8 [size, size, 3]
 * @param to of the same shape, another array: overwritten
 * @param map where pixels come from; moves of up to 30,000 pixels
 */
export function warpImage(
  from: Uint8Array | Uint8ClampedArray,
  to: Uint8ClampedArray,
  size: number,
  map: AffineMap,
): void {
  const last = size - 1;
  const end = size * one;
  const stepX = Math.round(map.xx * one);
  const stepY = Math.round(map.yx * one);
  const first = 0.5 - size / 2;
  let target = 0;
  for (let y = 0; y < size; y++) {
    const v = y + first;
    let originX = Math.round((map.xx * first + map.xy * v + map.x0 + size / 2) * one);
    let originY = Math.round((map.yx * first + map.yy * v + map.y0 + size / 2) * one);
    for (let x = 0; x < size; x++, target += channels, originX += stepX, originY += stepY) {
      if (originX < 0 || originX >= end || originY < 0 || originY >= end) {
        to[target] = borderFill;
        to[target + 1] = borderFill;
        to[target + 2] = borderFill;
        continue;
      }
      // Pixel centres lie at halves.
      const cornerX = originX - one / 2;
      const cornerY = originY - one / 2;
      const left = cornerX >> positionBits;
      const top = cornerY >> positionBits;
      const towardsRight = (cornerX & (one - 1)) >> (positionBits - weightBits);
      const towardsBottom = (cornerY & (one - 1)) >> (positionBits - weightBits);
      const columnA = (left < 0 ? 0 : left) * channels;
      const columnB = (left < last ? left + 1 : last) * channels;
      const rowA = (top < 0 ? 0 : top) * size * channels;
      const rowB = (top < last ? top + 1 : last) * size * channels;
      const weightAA = (fullWeight - towardsRight) * (fullWeight - towardsBottom);
      const weightAB = towardsRight * (fullWeight - towardsBottom);
      const weightBA = (fullWeight - towardsRight) * towardsBottom;
      const weightBB = towardsRight * towardsBottom;
      const a = rowA + columnA;
      const b = rowA + columnB;
      const c = rowB + columnA;
      const d = rowB + columnB;
      for (let channel = 0; channel < channels; channel++) {
        to[target + channel] =
          (from[a + channel]! * weightAA +
            from[b + channel]! * weightAB +
            from[c + channel]! * weightBA +
            from[d + channel]! * weightBB +
            half) >>
          (2 * weightBits);
      }
    }
  }
}
