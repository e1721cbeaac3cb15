import { decode as decodeBmp } from 'bmp-ts';
import sharp, { type Sharp } from 'sharp';
import type { DecodeImage } from '../../dataset/images/decodeImage';
import { placeImage } from '../../dataset/images/placeImage';
import { type ImageFit, plainFits } from '../../foundation/imageFit';

/** What decodes here, with its version, for image sets and records. */
export const sharpDecoder = `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`;

/** An image may be as large as a browser takes it: 16,384 × 16,384 pixels. */
const limitInputPixels = 2 ** 28;

/**
 * Decodes with libvips as the page does with the browser's decoders: JPEG, PNG, WebP, GIF, AVIF, BMP of any bit depth, turned
 * upright by its EXIF orientation, laid on white where it is transparent, converted to sRGB, made a square. The two resample
 * differently (Lanczos here): squares of 16 and 20 pixels differ from the page's in Chromium by 0.6 to 7.7 of 255 on average, so that
 * the same files are another image set here; set and record name the decoder.
 *
 * @throws Error with the reason when the file is no readable image
 */
export const decodeImageBySharp: DecodeImage = async (blob, size, fit = plainFits.squeeze) => {
  if (blob.size === 0) throw new Error('the file is empty');
  const bytes = Buffer.from(await blob.arrayBuffer());
  try {
    const square = fit.kind === 'squeeze' ? scaledTo(openUpright(bytes), size, size) : await fitted(bytes, size, fit);
    return new Uint8Array(await square.removeAlpha().raw().toBuffer());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`it cannot be decoded (${reason}); the file is damaged or not the image its name says`, { cause });
  }
};

/** The first picture of a file, upright, opaque, 8 bits of sRGB a channel. */
function openUpright(bytes: Buffer): Sharp {
  return openPicture(bytes).autoOrient().toColourspace('srgb').flatten({ background: '#ffffff' });
}

function openPicture(bytes: Buffer): Sharp {
  const isBmp = bytes[0] === 0x42 && bytes[1] === 0x4d;
  return isBmp ? openBmp(bytes) : sharp(bytes, { limitInputPixels, failOn: 'truncated' });
}

/** libvips does not read BMP. */
function openBmp(bytes: Buffer): Sharp {
  const { data, width, height } = decodeBmp(bytes, { toRGBA: true });
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels });
}

/** Padded or cropped: the header is read first, since the sides say which part goes where. */
async function fitted(bytes: Buffer, size: number, fit: ImageFit): Promise<Sharp> {
  const stored = await openPicture(bytes).metadata();
  const isTurned = (stored.orientation ?? 1) >= 5;
  const width = isTurned ? stored.height : stored.width;
  const height = isTurned ? stored.width : stored.height;
  const { from, to } = placeImage({ width, height }, size, fit);
  const isWhole = from.width === width && from.height === height;
  const image = openUpright(bytes);
  const scaled = scaledTo(isWhole ? image : image.extract(from), to.width, to.height);
  if (to.width === size && to.height === size) return scaled;
  const fill = fit.kind === 'pad' ? fit.fill : 255;
  return scaled.extend({
    top: to.top,
    left: to.left,
    bottom: size - to.top - to.height,
    right: size - to.left - to.width,
    background: { r: fill, g: fill, b: fill },
  });
}

function scaledTo(image: Sharp, width: number, height: number): Sharp {
  return image.resize(width, height, { fit: 'fill', kernel: 'lanczos3' });
}
