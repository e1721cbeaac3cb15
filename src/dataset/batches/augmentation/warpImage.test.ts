import { describe, expect, it } from 'vitest';
import { type AffineMap, identityMap, mapOfRotation } from './affineMap';
import { warpImage } from './warpImage';

/** Warps a square image of grey values and returns its grey values; the three channels must be equal. */
function warped(grey: number[], map: Partial<AffineMap>): number[] {
  const size = Math.sqrt(grey.length);
  const to = new Uint8ClampedArray(grey.length * 3).fill(77);
  warpImage(Uint8Array.from(grey.flatMap((value) => [value, value, value])), to, size, { ...identityMap, ...map });
  const red = [...to].filter((_, i) => i % 3 === 0);
  for (const channel of [1, 2]) expect([...to].filter((_, i) => i % 3 === channel)).toEqual(red);
  return red;
}

// biome-ignore format: an image
const image = [
  10, 20, 30,
  40, 50, 60,
  70, 80, 90,
];

describe('warpImage', () => {
  it('leaves an image as it is under the identity', () => {
    expect(warped(image, {})).toEqual(image);
    expect(warped([1, 2, 3, 4], {})).toEqual([1, 2, 3, 4]);
  });

  it('turns clockwise by 90° exactly', () => {
    expect(warped(image, mapOfRotation(90))).toEqual([70, 40, 10, 80, 50, 20, 90, 60, 30]);
    expect(warped([1, 2, 3, 4], mapOfRotation(90))).toEqual([3, 1, 4, 2]);
    expect(warped(image, mapOfRotation(180))).toEqual([...image].reverse());
  });

  it('moves by whole pixels exactly, and what comes in is black', () => {
    expect(warped(image, { x0: 1 })).toEqual([20, 30, 0, 50, 60, 0, 80, 90, 0]);
    expect(warped(image, { y0: -2 })).toEqual([0, 0, 0, 0, 0, 0, 10, 20, 30]);
    expect(warped(image, { x0: 3 })).toEqual(image.map(() => 0));
  });

  it('takes the mean of two neighbours half way between them', () => {
    // The last column's origin lies on the border, which is outside.
    expect(warped(image, { x0: 0.5 })).toEqual([15, 25, 0, 45, 55, 0, 75, 85, 0]);
    expect(warped(image, { y0: 0.5 })).toEqual([25, 35, 45, 55, 65, 75, 0, 0, 0]);
  });

  it('weighs by distance and rounds', () => {
    // 0.75 · 10 + 0.25 · 20 = 12.5; the last column is 0.25 from its pixel's centre, where the border goes on.
    expect(warped(image, { x0: 0.25 })).toEqual([13, 23, 30, 43, 53, 60, 73, 83, 90]);
    // 0.25 pixel to the right and 0.25 down: 13 further down by a quarter of 30 is 20 after rounding 12.5 + 7.5.
    expect(warped(image, { x0: 0.25, y0: 0.25 })[0]).toBe(20);
  });

  it('shears about the centre: its row stays, the others move apart by as many pixels as they are away', () => {
    expect(warped(image, { xy: 1 })).toEqual([0, 10, 20, 40, 50, 60, 80, 90, 0]);
    expect(warped(image, { yx: 1 })).toEqual([0, 20, 60, 10, 50, 90, 40, 80, 0]);
  });

  it('enlarges twice about the centre', () => {
    // Origins at -0.75, -0.25, 0.25, 0.75 from the centre of 4 pixels, whose two middle ones lie at ±0.5.
    const columns = [8, 16, 24, 32];
    // 0.25 · 8 + 0.75 · 16 = 14, 0.75 · 16 + 0.25 · 24 = 18, …
    const row = [14, 18, 22, 26];
    expect(warped([...columns, ...columns, ...columns, ...columns], { xx: 0.5, yy: 0.5 })).toEqual([
      ...row,
      ...row,
      ...row,
      ...row,
    ]);
  });

  it('keeps 255 and 0 whatever the weights are', () => {
    const white = warped(
      image.map(() => 255),
      { x0: 0.3, y0: 0.1 },
    );
    expect(new Set(white)).toEqual(new Set([255]));
  });
});
