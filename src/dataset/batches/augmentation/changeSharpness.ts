import { blend } from './blend';

const channels = 3;
/** 1 1 1 / 1 5 1 / 1 1 1, divided by 13: Pillow's `ImageFilter.SMOOTH`. */
const centreWeight = 5;
const allWeights = 13;

/**
 * Factor 0 is the smoothed image, 1 the image, above 1 sharper. The pixels at the border are not smoothed, so they stay.
 * Pillow's `ImageEnhance.Sharpness`.
 *
 * @param from uint8 [size, size, 3]
 * @param to of the same shape, another array: overwritten
 */
export function changeSharpness(from: Uint8ClampedArray, to: Uint8ClampedArray, size: number, factor: number): void {
  const rounded = Math.fround(factor);
  const row = size * channels;
  to.set(from);
  for (let y = 1; y < size - 1; y++) {
    const end = (y + 1) * row - channels;
    for (let i = y * row + channels; i < end; i++) {
      const above = i - row;
      const below = i + row;
      const around =
        from[above - channels]! +
        from[above]! +
        from[above + channels]! +
        from[i - channels]! +
        from[i + channels]! +
        from[below - channels]! +
        from[below]! +
        from[below + channels]!;
      const smooth = Math.floor((around + centreWeight * from[i]!) / allWeights + 0.5);
      to[i] = blend(smooth, from[i]!, rounded);
    }
  }
}
