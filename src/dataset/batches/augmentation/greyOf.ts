/** Pillow's grey, mode `L`: BT.601 weights in 1/65536, rounded. */
export function greyOf(red: number, green: number, blue: number): number {
  return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
}

/** Mean grey of an image, rounded half up. @param image uint8 [size, size, 3] */
export function meanGrey(image: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < image.length; i += 3) sum += greyOf(image[i]!, image[i + 1]!, image[i + 2]!);
  return Math.floor(sum / (image.length / 3) + 0.5);
}
