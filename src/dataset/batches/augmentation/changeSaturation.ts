import { blend } from './blend';
import { greyOf } from './greyOf';

/** Factor 0 is grey, 1 the image; in place. Pillow's `ImageEnhance.Color`. @param image uint8 [size, size, 3] */
export function changeSaturation(image: Uint8ClampedArray, factor: number): void {
  const rounded = Math.fround(factor);
  for (let i = 0; i < image.length; i += 3) {
    const grey = greyOf(image[i]!, image[i + 1]!, image[i + 2]!);
    image[i] = blend(grey, image[i]!, rounded);
    image[i + 1] = blend(grey, image[i + 1]!, rounded);
    image[i + 2] = blend(grey, image[i + 2]!, rounded);
  }
}
