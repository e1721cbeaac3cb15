import type { ImageSetId } from '../../foundation/ids';
import type { ImageFit } from '../../foundation/imageFit';

/** Says that a file is an image set's manifest, and in which layout. A later layout gets a higher number. */
export const imageSetFormat = 'snnl-fair-image-set';
export const imageSetVersion = 1;

/**
 * Pixels that were decoded once, without any meaning: labels, groups and splits are a dataset's, and several datasets may
 * share one set. Images lie in shards, uint8 RGB, row-major [n, imageSize, imageSize, 3].
 */
export interface ImageSetManifest {
  format: typeof imageSetFormat;
  version: typeof imageSetVersion;
  id: ImageSetId;
  createdAt: string;
  /** SHA-256 over what decides the content: size, fit, and the files' own SHA-256, in the order of the images. */
  contentHash: string;
  /** Side of the square images in pixels. */
  imageSize: number;
  /** How images of other shapes became squares; squeezed when left out. */
  imageFit?: ImageFit;
  imageCount: number;
  shards: ShardSummary[];
  /** What could not be decoded, so that importing it again need not try. */
  unreadable: UnreadableImage[];
  /** Images that look the same: positions in the set, ascending, two or more in each group. */
  duplicateGroups: number[][];
}

export interface ShardSummary {
  imageCount: number;
  pixelsSha256: string;
  indexSha256: string;
}

/** What lies beside a shard's pixels. It is written after them: a shard with an index is whole. */
export interface ShardIndex {
  pixelsSha256: string;
  /** File name of each image at the time of its import. */
  names: string[];
  /** {@link perceptualHash} of each image, in hex. */
  perceptualHashes: string[];
  unreadable: UnreadableImage[];
  /** How many of the source files have been dealt with up to and including this shard. */
  sourcesDone: number;
}

export interface UnreadableImage {
  name: string;
  /** SHA-256 of the file. */
  sha256: string;
  reason: string;
}

/** Bytes of one image's pixels. */
export function imageBytes(imageSize: number): number {
  return imageSize * imageSize * 3;
}

/** Bytes of all pixels of a set. */
export function imageSetBytes({ imageSize, imageCount }: Pick<ImageSetManifest, 'imageSize' | 'imageCount'>): number {
  return imageCount * imageBytes(imageSize);
}
