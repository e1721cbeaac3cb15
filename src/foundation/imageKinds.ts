/** Endings of images that browsers decode; of a GIF, an APNG or an animated WebP they give the first picture. */
const decoded = 'jpe?g|jpe|jfif|png|apng|webp|gif|bmp|avif';
/** Endings of images that no browser decodes: they are named, and left out. */
const undecoded =
  'tiff?|heic|heif|dcm|dicom|svg|jp2|j2k|jpx|jxl|psd|raw|cr2|nef|dng|arw|nii|nii\\.gz|mha|mhd|nrrd|pgm|ppm|pnm|tga|exr|ndpi|svs';

const imageEnding = new RegExp(`\\.(${decoded}|${undecoded})$`, 'i');
const undecodedEnding = new RegExp(`\\.(${undecoded})$`, 'i');

/** Whether a file's name says that it is an image, of whatever kind. */
export function isImageName(path: string): boolean {
  return imageEnding.test(path);
}

/** Whether it is an image of a kind that no browser decodes. */
export function isUndecodedImage(path: string): boolean {
  return undecodedEnding.test(path);
}

/** A path or name without an image's ending. */
export function withoutImageEnding(path: string): string {
  return path.replace(imageEnding, '');
}
