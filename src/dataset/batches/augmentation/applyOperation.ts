import { type AffineMap, identityMap, mapOfRotation } from './affineMap';
import type { OperationName } from './autoAugmentPolicies';
import { blend } from './blend';
import { changeSharpness } from './changeSharpness';
import { greyOf, meanGrey } from './greyOf';
import {
  autoContrastTable,
  brightnessTable,
  contrastTable,
  equalizeTable,
  invertTable,
  lookUp,
  posterizeTable,
  solarizeTable,
} from './lookUpTables';
import { warpImage } from './warpImage';

/**
 * One operation of AutoAugment, in place. Shears and rotation are about the centre; a positive shear or translation takes
 * each pixel from further right (X) or further down (Y).
 *
 * @param image uint8 [size, size, 3]
 * @param scratch of the same shape: overwritten
 * @param strength in the unit of `strengthRanges`
 */
export function applyOperation(
  image: Uint8ClampedArray,
  scratch: Uint8ClampedArray,
  size: number,
  name: OperationName,
  strength: number,
): void {
  const warp = (change: Partial<AffineMap>) => {
    warpImage(image, scratch, size, { ...identityMap, ...change });
    image.set(scratch);
  };
  switch (name) {
    case 'ShearX':
      return warp({ xy: strength });
    case 'ShearY':
      return warp({ yx: strength });
    case 'TranslateX':
      return warp({ x0: strength * size });
    case 'TranslateY':
      return warp({ y0: strength * size });
    case 'Rotate':
      return warp(mapOfRotation(strength));
    case 'AutoContrast':
      return lookUp(image, autoContrastTable(image));
    case 'Invert':
      return lookUp(image, invertTable());
    case 'Equalize':
      return lookUp(image, equalizeTable(image));
    case 'Solarize':
      return lookUp(image, solarizeTable(strength));
    case 'Posterize':
      return lookUp(image, posterizeTable(Math.round(strength)));
    case 'Contrast':
      return lookUp(image, contrastTable(strength, meanGrey(image)));
    case 'Brightness':
      return lookUp(image, brightnessTable(strength));
    case 'Color':
      return changeSaturation(image, strength);
    case 'Sharpness':
      changeSharpness(image, scratch, size, strength);
      image.set(scratch);
  }
}

/** Factor 0 is grey, 1 the image; in place. Pillow's `ImageEnhance.Color`. @param image uint8 [size, size, 3] */
function changeSaturation(image: Uint8ClampedArray, factor: number): void {
  const rounded = Math.fround(factor);
  for (let i = 0; i < image.length; i += 3) {
    const grey = greyOf(image[i]!, image[i + 1]!, image[i + 2]!);
    image[i] = blend(grey, image[i]!, rounded);
    image[i + 1] = blend(grey, image[i + 1]!, rounded);
    image[i + 2] = blend(grey, image[i + 2]!, rounded);
  }
}
