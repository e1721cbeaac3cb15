import { describe, expect, it } from 'vitest';
import { cutOut, cutoutReach } from './cutOut';

/** Rows of a white image after a cutout, `#` for black. */
function drawn(size: number, x: number, y: number, reach: number): string[] {
  const image = new Uint8ClampedArray(size * size * 3).fill(255);
  cutOut(image, size, { x, y, reach });
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      const [red, green, blue] = image.slice((row * size + column) * 3);
      expect(green).toBe(red);
      expect(blue).toBe(red);
      return red === 0 ? '#' : '.';
    }).join(''),
  );
}

describe('cutOut', () => {
  it('blackens a square that begins `reach` before its centre', () => {
    expect(drawn(5, 2, 3, 1)).toEqual(['.....', '.....', '.##..', '.##..', '.....']);
  });

  it('is cut off at the border', () => {
    expect(drawn(5, 0, 4, 2)).toEqual(['.....', '.....', '##...', '##...', '##...']);
    expect(drawn(5, 4, 0, 2)).toEqual(['..###', '..###', '.....', '.....', '.....']);
  });

  it('does nothing without a reach', () => {
    expect(drawn(3, 1, 1, 0)).toEqual(['...', '...', '...']);
  });

  it('is 16 pixels wide at 128, 8 at 64 and 28 at 224 for an eighth of the side', () => {
    expect([128, 64, 224].map((size) => 2 * cutoutReach(size, 1 / 8))).toEqual([16, 8, 28]);
    expect(cutoutReach(128, 0)).toBe(0);
  });
});
