import { describe, expect, it } from 'vitest';
import { perceptualHash } from './perceptualHash';

const size = 18;

/** An image from the grey value of each pixel. */
function grey(value: (x: number, y: number) => number): Uint8Array {
  return Uint8Array.from({ length: size * size * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return value(pixel % size, Math.floor(pixel / size));
  });
}

const hashOf = (pixels: Uint8Array) => [...perceptualHash(pixels, size)];

describe('perceptualHash', () => {
  it('is all ones to the right for an image that grows lighter to the right, and all zeros downwards', () => {
    expect(hashOf(grey((x) => 10 * x)).slice(0, 16)).toEqual([...Array(8).fill(255), ...Array(8).fill(0)]);
    expect(hashOf(grey((_, y) => 10 * y)).slice(0, 16)).toEqual([...Array(8).fill(0), ...Array(8).fill(255)]);
  });

  it('sets only the bit of the one cell that is darker than its neighbour', () => {
    // Cells are 2 pixels wide: the third of nine is dark, so the third comparison of every row says "darker".
    expect(hashOf(grey((x) => (x === 4 || x === 5 ? 0 : 200))).slice(0, 16)).toEqual([
      ...Array(8).fill(0b100),
      ...Array(8).fill(0),
    ]);
  });

  it('holds the mean grey of 8 × 8 cells, row by row', () => {
    // Cells are 2.25 pixels wide: the first two columns of pixels are the first column of cells.
    const means = hashOf(grey((x, y) => (x < 2 ? 100 : 10 * y))).slice(16, 80);
    expect(means.filter((_, cell) => cell % 8 === 0)).toEqual(Array(8).fill(100));
    expect(means[1]).toBe(5);
    expect(means[63]).toBe(160);
  });

  it('says of a flat image its colour alone', () => {
    const flat = Uint8Array.from({ length: size * size * 3 }, (_, at) => [30, 60, 90][at % 3]!);
    // 0.299 · 30 + 0.587 · 60 + 0.114 · 90 = 54.45
    expect(hashOf(flat)).toEqual([...Array(16).fill(0), ...Array(64).fill(54), 30, 60, 90]);
  });

  it('takes an image that has fewer pixels than comparisons', () => {
    expect([...perceptualHash(Uint8Array.of(1, 2, 3), 1)]).toEqual([
      ...Array(16).fill(0),
      ...Array(64).fill(2),
      1,
      2,
      3,
    ]);
  });
});
