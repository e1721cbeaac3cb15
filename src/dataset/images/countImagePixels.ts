import { imageSize } from 'image-size';

/** What no browser decodes, by what the file's first bytes say. */
const unreadableKinds = new Set([
  'dds',
  'heic',
  'heif',
  'hevc',
  'jxl',
  'mif1',
  'icns',
  'j2c',
  'jp2',
  'ktx',
  'pnm',
  'psd',
  'svg',
  'tiff',
]);

/** DICOM files have their mark after 128 bytes that say nothing. */
const dicomMarkAt = 128;

/** Largest picture that is decoded: its bytes, four a pixel, must fit into memory at once. */
const maxImagePixels = 16_384 ** 2;
/** Largest image file; none of a photo is near it. */
export const maxImageFileBytes = 512 * 2 ** 20;

/**
 * Reads what kind of image a file is and how large, whatever its name says, so that what cannot be decoded is refused by
 * name before memory is spent on it. What it does not know is left to the decoder.
 *
 * @returns its pixels, 0 when they cannot be told
 * @throws Error with the reason, in the user's words
 */
export function countImagePixels(bytes: Uint8Array): number {
  if (bytes.length === 0) throw new Error('the file is empty');
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 512)).trimStart().toLowerCase();
  if (/^(<!doctype html|<html|<head|<body)/.test(text)) {
    throw new Error('it is a web page, not an image; the download may have failed');
  }
  if (new TextDecoder('latin1').decode(bytes.subarray(dicomMarkAt, dicomMarkAt + 4)) === 'DICM') {
    throw new Error('it is a DICOM file, which is not read; save it as PNG');
  }
  if (text.startsWith('version https://git-lfs')) {
    throw new Error('it is a pointer of Git LFS, not the image; get the file by "git lfs pull"');
  }
  const header = readHeader(bytes);
  if (!header) return 0;
  const { width, height, type } = header;
  if (type !== undefined && unreadableKinds.has(type)) {
    throw new Error(`it is of the kind ${type.toUpperCase()}, which is not read; save it as JPEG, PNG or WebP`);
  }
  if (width * height > maxImagePixels) {
    throw new Error(`it has ${width} × ${height} pixels; more than 16,384 × 16,384 are not read`);
  }
  return width * height;
}

function readHeader(bytes: Uint8Array) {
  try {
    return imageSize(bytes);
  } catch {
    // Not known, or damaged: the decoder says so, and in what way.
    return null;
  }
}
