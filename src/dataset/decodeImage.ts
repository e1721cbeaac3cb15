/** Decodes an image file to RGB, `size` × `size`, uint8 [size, size, 3]. Rejects when it cannot be read. */
export type DecodeImage = (blob: Blob, size: number) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Decodes with the browser's own decoders: JPEG, PNG, WebP of any bit depth and colour model, turned upright by its EXIF
 * orientation, squeezed to a square with high-quality resampling, laid on white where it is transparent.
 *
 * @throws Error with the reason when the file is no readable image
 */
export const decodeImage: DecodeImage = async (blob, size) => {
  const bitmap = await openBitmap(blob, size);
  const canvas = new OffscreenCanvas(size, size);
  const surface = canvas.getContext('2d', { willReadFrequently: true });
  if (!surface) {
    bitmap.close();
    throw new Error('this browser offers no 2D canvas');
  }
  surface.fillStyle = '#ffffff';
  surface.fillRect(0, 0, size, size);
  surface.drawImage(bitmap, 0, 0);
  bitmap.close();
  return dropAlpha(surface.getImageData(0, 0, size, size).data);
};

async function openBitmap(blob: Blob, size: number): Promise<ImageBitmap> {
  if (blob.size === 0) throw new Error('the file is empty');
  try {
    return await createImageBitmap(blob, {
      resizeWidth: size,
      resizeHeight: size,
      resizeQuality: 'high',
      imageOrientation: 'from-image',
      premultiplyAlpha: 'premultiply',
      colorSpaceConversion: 'default',
    });
  } catch (cause) {
    throw new Error('the browser cannot decode it; the file is damaged or not the image its name says', { cause });
  }
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
