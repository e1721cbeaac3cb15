import type { Random } from '../../../foundation/random';
import { applyOperation } from './applyOperation';
import type { AugmentationSettings } from './augmentation';
import { cutOut } from './cutOut';
import { drawChanges } from './drawChanges';
import { moveImage } from './moveImage';

const channels = 3;
/** Luma weights of ITU-R BT.601: the grey that a colour fades to when its saturation falls. */
const luma = [0.299, 0.587, 0.114] as const;

/**
 * Changes images at random, each on its own, in this order: mirror, quarter turn, shear, rotation and scale (one
 * interpolation, or none when only pixels move); brightness × f and saturation × g; AutoAugment; cutout. f is uniform in
 * 1 ± `brightness`, g in 1 ± `saturation`; saturation 0 is grey (BT.601 luma). The order is that of the published code.
 *
 * What is drawn, and in which order: `drawChanges`. The same stream gives the same pixels on every machine: nothing but
 * whole numbers and the basic float64 operations is used.
 *
 * @param pixels uint8 [n, imageSize, imageSize, 3], left as it is
 * @returns a new array of the same shape, values rounded and clamped to 0 … 255
 */
export function augmentPixels(
  pixels: Uint8Array,
  imageSize: number,
  settings: AugmentationSettings,
  random: Random,
): Uint8ClampedArray<ArrayBuffer> {
  const imageLength = imageSize * imageSize * channels;
  const result = new Uint8ClampedArray(pixels.length);
  const scratch = new Uint8ClampedArray(settings.autoAugment ? imageLength : 0);
  for (let start = 0; start < pixels.length; start += imageLength) {
    const changes = drawChanges(settings, imageSize, random);
    const image = result.subarray(start, start + imageLength);
    moveImage(pixels.subarray(start, start + imageLength), image, imageSize, changes.movement);
    recolour(image, changes.brightness, changes.saturation);
    for (const { name, strength } of changes.operations) applyOperation(image, scratch, imageSize, name, strength);
    cutOut(image, imageSize, changes.cutout);
  }
  return result;
}

function recolour(image: Uint8ClampedArray, brightness: number, saturation: number) {
  if (brightness === 1 && saturation === 1) return;
  for (let i = 0; i < image.length; i += channels) {
    const red = image[i]! * brightness;
    const green = image[i + 1]! * brightness;
    const blue = image[i + 2]! * brightness;
    const grey = luma[0] * red + luma[1] * green + luma[2] * blue;
    image[i] = grey + saturation * (red - grey);
    image[i + 1] = grey + saturation * (green - grey);
    image[i + 2] = grey + saturation * (blue - grey);
  }
}
