import { describe, expect, it } from 'vitest';
import { applyOperation } from './applyOperation';
import type { OperationName } from './autoAugmentPolicies';

function applied(name: OperationName, strength: number, pixels: number[]): number[] {
  const image = Uint8ClampedArray.from(pixels);
  const size = Math.sqrt(pixels.length / 3);
  applyOperation(image, new Uint8ClampedArray(pixels.length).fill(99), size, name, strength);
  return [...image];
}
const grey = (...values: number[]) => values.flatMap((value) => [value, value, value]);

// biome-ignore format: an image
const image = grey(
  10, 20, 30,
  40, 50, 60,
  70, 80, 90,
);

describe('applyOperation', () => {
  it('translates by a share of the side: a third of 3 pixels is one', () => {
    expect(applied('TranslateX', 1 / 3, image)).toEqual(grey(20, 30, 0, 50, 60, 0, 80, 90, 0));
    expect(applied('TranslateY', -1 / 3, image)).toEqual(grey(0, 0, 0, 10, 20, 30, 40, 50, 60));
  });

  it('shears along the rows (X) and along the columns (Y)', () => {
    expect(applied('ShearX', 1, image)).toEqual(grey(0, 10, 20, 40, 50, 60, 80, 90, 0));
    expect(applied('ShearY', 1, image)).toEqual(grey(0, 20, 60, 10, 50, 90, 40, 80, 0));
  });

  it('rotates clockwise by degrees', () => {
    expect(applied('Rotate', 90, image)).toEqual(grey(70, 40, 10, 80, 50, 20, 90, 60, 30));
  });

  it('color fades to grey at 0 and moves away from it above 1', () => {
    // Grey of 100, 50, 0: (19595 · 100 + 38470 · 50 + 32768) / 65536 = 59.7, truncated.
    expect(applied('Color', 0, [100, 50, 0])).toEqual([59, 59, 59]);
    // 59 + 1.5 · 41 = 120.5, 59 - 1.5 · 9 = 45.5, below 0
    expect(applied('Color', 1.5, [100, 50, 0])).toEqual([120, 45, 0]);
  });

  it('contrast fades to the mean grey', () => {
    expect(applied('Contrast', 0, grey(10, 20, 30, 41))).toEqual(grey(25, 25, 25, 25));
  });

  it('sharpness smooths the inside at 0, sharpens it above 1 and leaves the border', () => {
    // (8 · 13 + 5 · 26) / 13 = 18; 18 + 2 · (26 - 18) = 34
    const spot = grey(13, 13, 13, 13, 26, 13, 13, 13, 13);
    expect(applied('Sharpness', 0, spot)).toEqual(grey(13, 13, 13, 13, 18, 13, 13, 13, 13));
    expect(applied('Sharpness', 2, spot)).toEqual(grey(13, 13, 13, 13, 34, 13, 13, 13, 13));
  });

  it.each(['Color', 'Contrast', 'Brightness', 'Sharpness'] as const)('%s changes nothing at 1', (name) => {
    const colours = Array.from({ length: 48 }, (_, i) => (i * 89) % 256);
    expect(applied(name, 1, colours)).toEqual(colours);
  });

  it('posterize rounds its bits', () => {
    expect(applied('Posterize', 6.4, [255, 254, 3])).toEqual([252, 252, 0]);
    expect(applied('Posterize', 6.6, [255, 254, 3])).toEqual([254, 254, 2]);
  });
});
