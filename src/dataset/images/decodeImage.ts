import { type ImageFit, plainFits } from '../../foundation/imageFit';
import { placeImage } from './placeImage';

/**
 * Decodes an image file to RGB, `size` × `size`, uint8 [size, size, 3], squeezed when nothing else is asked for. Grey images
 * have three equal channels. Rejects when it cannot be read.
 */
export type DecodeImage = (blob: Blob, size: number, fit?: ImageFit) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Decodes with the browser's own decoders: JPEG, PNG, WebP of any bit depth and colour model, turned upright by its EXIF
 * orientation, made a square with high-quality resampling, laid on white where it is transparent.
 *
 * @throws Error with the reason when the file is no readable image
 */
export const decodeImage: DecodeImage = async (blob, size, fit = plainFits.squeeze) => {
  const { bitmap, left, top } = await openFitted(blob, size, fit);
  const canvas = new OffscreenCanvas(size, size);
  const surface = canvas.getContext('2d', { willReadFrequently: true });
  if (!surface) {
    bitmap.close();
    throw new Error('this browser offers no 2D canvas');
  }
  if (fit.kind === 'pad') {
    surface.fillStyle = `rgb(${fit.fill}, ${fit.fill}, ${fit.fill})`;
    surface.fillRect(0, 0, size, size);
  }
  surface.fillStyle = '#ffffff';
  surface.fillRect(left, top, bitmap.width, bitmap.height);
  surface.drawImage(bitmap, left, top);
  bitmap.close();
  return dropAlpha(surface.getImageData(0, 0, size, size).data);
};

/** The part of an image that is drawn, scaled, and where on the square it belongs. */
async function openFitted(
  blob: Blob,
  size: number,
  fit: ImageFit,
): Promise<{ bitmap: ImageBitmap; left: number; top: number }> {
  if (fit.kind === 'squeeze') return { bitmap: await openBitmap(blob, scaledTo(size, size)), left: 0, top: 0 };
  const whole = await openBitmap(blob);
  try {
    const { from, to } = placeImage(whole, size, fit);
    const scaled = { ...scaledTo(to.width, to.height), premultiplyAlpha: 'premultiply' } as const;
    const bitmap = await createImageBitmap(whole, from.left, from.top, from.width, from.height, scaled);
    return { bitmap, left: to.left, top: to.top };
  } finally {
    whole.close();
  }
}

async function openBitmap(blob: Blob, scaling?: ReturnType<typeof scaledTo>): Promise<ImageBitmap> {
  if (blob.size === 0) throw new Error('the file is empty');
  try {
    return await createImageBitmap(blob, {
      ...scaling,
      imageOrientation: 'from-image',
      premultiplyAlpha: 'premultiply',
      colorSpaceConversion: 'default',
    });
  } catch (cause) {
    throw new Error('the browser cannot decode it; the file is damaged or not the image its name says', { cause });
  }
}

function scaledTo(resizeWidth: number, resizeHeight: number) {
  return { resizeWidth, resizeHeight, resizeQuality: 'high' } as const;
}

function dropAlpha(rgba: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}
