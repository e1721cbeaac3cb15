import type { ImageFit } from '../../foundation/imageFit';
import type { SourceFile } from '../files/sourceFile';
import type { DecodeImage } from './decodeImage';

const channels = 3;
/** How many images are decoded side by side. */
export const decodesAtATime = 8;

/** Pixels of an image, uint8 [size, size, 3], or the reason why there are none. */
export async function decodeOne(
  image: SourceFile,
  size: number,
  fit: ImageFit,
  decode: DecodeImage,
): Promise<Uint8Array | string> {
  try {
    const pixels = await decode(await image.read(), size, fit);
    return pixels.length === size * size * channels ? pixels : `decoded to ${pixels.length} bytes`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
