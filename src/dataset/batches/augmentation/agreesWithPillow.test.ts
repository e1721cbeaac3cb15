import { describe, expect, it } from 'vitest';
import { applyOperation } from './applyOperation';
import type { OperationName } from './autoAugmentPolicies';
import golden from './golden/pillow.json';
import { warpImage } from './warpImage';

/** `golden/makePillowVectors.py` made the vectors, with the version of Pillow that they name. */
const images: Record<string, { size: number; pixels: string }> = golden.images;

const bytesOf = (base64: string) => Uint8ClampedArray.from(atob(base64), (letter) => letter.charCodeAt(0));

describe('AutoAugment beside Pillow', () => {
  it.each(golden.operations)('$operation at $strength of the image "$image" gives the same bytes', (vector) => {
    const { size, pixels } = images[vector.image]!;
    const image = bytesOf(pixels);
    applyOperation(
      image,
      new Uint8ClampedArray(image.length),
      size,
      vector.operation as OperationName,
      vector.strength,
    );
    expect([...image]).toEqual([...bytesOf(vector.expected)]);
  });

  it.each(golden.warps)('a bilinear warp by $matrix differs by at most 1, since Pillow truncates', (vector) => {
    const { size, pixels } = images[vector.image]!;
    const [xx = 0, xy = 0, left = 0, yx = 0, yy = 0, top = 0] = vector.matrix;
    // Pillow's origin is the upper left corner, here it is the centre.
    const middle = size / 2;
    const x0 = left + (xx + xy - 1) * middle;
    const y0 = top + (yx + yy - 1) * middle;
    const warped = new Uint8ClampedArray(size * size * 3);
    warpImage(bytesOf(pixels), warped, size, { xx, xy, x0, yx, yy, y0 });
    const expected = bytesOf(vector.expected);
    const differences = Array.from(warped, (value, i) => value - expected[i]!);
    expect(Math.min(...differences)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
    // Not black all over.
    expect(expected.some((value) => value > 0)).toBe(true);
  });
});
