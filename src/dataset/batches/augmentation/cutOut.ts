import { borderFill } from './warpImage';

/** Centre of the square, and how far it reaches to each side, in pixels. */
export interface Cutout {
  x: number;
  y: number;
  reach: number;
}

/** How far a square of `sideRatio` times the image's side reaches: half its side, whole pixels. */
export function cutoutReach(size: number, sideRatio: number): number {
  return Math.floor(Math.round(size * sideRatio) / 2);
}

/**
 * Blackens the square [x - reach, x + reach) × [y - reach, y + reach), as far as it lies in the image; in place.
 * DeVries and Taylor 2017, arXiv 1708.04552: the centre is anywhere in the image.
 *
 * @param image uint8 [size, size, 3]
 */
export function cutOut(image: Uint8ClampedArray, size: number, { x, y, reach }: Cutout): void {
  const left = Math.max(0, x - reach);
  const right = Math.min(size, x + reach);
  const bottom = Math.min(size, y + reach);
  for (let row = Math.max(0, y - reach); row < bottom; row++) {
    image.fill(borderFill, (row * size + left) * 3, (row * size + right) * 3);
  }
}
