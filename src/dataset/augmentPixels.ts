import type { Random } from '../foundation/random';
import type { AugmentationSettings } from './augmentation';

const channels = 3;
/** Luma weights of ITU-R BT.601: the grey that a colour fades to when its saturation falls. */
const luma = [0.299, 0.587, 0.114] as const;

/**
 * Changes images at random, each on its own: mirror, quarter turn, brightness × f, saturation × g, in this order.
 * f is uniform in 1 ± `brightness`, g in 1 ± `saturation`; saturation 0 is grey (BT.601 luma).
 *
 * Five numbers are drawn per image whatever is switched on, so that switching one change off leaves the others as they
 * were.
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
  for (let start = 0; start < pixels.length; start += imageLength) {
    const mirrorX = random.next() < 0.5 && settings.horizontalFlip;
    const mirrorY = random.next() < 0.5 && settings.verticalFlip;
    const drawnTurns = random.integer(4);
    const turns = settings.quarterTurns ? drawnTurns : 0;
    const brightness = 1 + settings.brightness * (2 * random.next() - 1);
    const saturation = 1 + settings.saturation * (2 * random.next() - 1);
    moveImage(pixels, result, start, imageSize, mirrorX, mirrorY, turns);
    if (brightness !== 1 || saturation !== 1) {
      recolour(result.subarray(start, start + imageLength), brightness, saturation);
    }
  }
  return result;
}

/** Mirrors, then turns clockwise by quarter turns. */
function moveImage(
  from: Uint8Array,
  to: Uint8ClampedArray,
  start: number,
  size: number,
  mirrorX: boolean,
  mirrorY: boolean,
  turns: number,
) {
  const last = size - 1;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      // Undo the turns, then the mirrors, to find where this pixel comes from.
      let sourceX = x;
      let sourceY = y;
      for (let turn = 0; turn < turns; turn++) [sourceX, sourceY] = [sourceY, last - sourceX];
      if (mirrorX) sourceX = last - sourceX;
      if (mirrorY) sourceY = last - sourceY;
      const source = start + (sourceY * size + sourceX) * channels;
      const target = start + (y * size + x) * channels;
      to[target] = from[source]!;
      to[target + 1] = from[source + 1]!;
      to[target + 2] = from[source + 2]!;
    }
  }
}

function recolour(image: Uint8ClampedArray, brightness: number, saturation: number) {
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
