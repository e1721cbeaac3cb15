import { type ImageSetId, imageSetId } from '../../../foundation/ids';
import { fitKey, type ImageFit } from '../../../foundation/imageFit';
import { sha256Hex } from '../../../foundation/sha256Hex';

/**
 * Says that a file is an image set's manifest, and in which layout. A later layout gets a higher number. In version 1 the id of
 * an imported set was a hash of its files, and all of a set lay in one folder.
 */
export const imageSetFormat = 'snnl-fair-image-set';
export const imageSetVersion = 2;

/**
 * Pixels that were decoded once, without any meaning: labels, groups and splits are a dataset's, and several datasets may
 * share one set. Images lie in shards, uint8 RGB, row-major [n, imageSize, imageSize, 3].
 */
export interface ImageSetManifest {
  format: typeof imageSetFormat;
  version: 1 | typeof imageSetVersion;
  id: ImageSetId;
  createdAt: string;
  /**
   * SHA-256 that the id is the start of. Of an imported set: {@link hashShards}, over its pixels; in version 1 over size, fit and
   * the files' own SHA-256. Of the demo: over its pixels.
   */
  contentHash: string;
  /** What decoded the files; left out where nothing was decoded, and in version 1. */
  decoder?: string;
  /** Folder that its shards lie in, where that is another one than the id's. */
  shardFolder?: string;
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

/** Files that were imported before, known by their fingerprint, and the set that their pixels are. */
export interface ImportedFiles {
  /** SHA-256 over what decides the pixels: size, fit, decoder, and the files' own SHA-256. */
  fingerprint: string;
  imageSetId: ImageSetId;
  /** Which of the files give no image. */
  unreadable: UnreadableImage[];
}

/** Bytes of one image's pixels. */
export function imageBytes(imageSize: number): number {
  return imageSize * imageSize * 3;
}

/** Bytes of all pixels of a set. */
export function imageSetBytes({ imageSize, imageCount }: Pick<ImageSetManifest, 'imageSize' | 'imageCount'>): number {
  return imageCount * imageBytes(imageSize);
}

const idDigits = 12;

/** Makes an image set's id from the hash of its content. */
export function imageSetIdOf(contentHash: string): ImageSetId {
  return imageSetId(contentHash.slice(0, idDigits));
}

/** The folder that a set's shards lie in. */
export function shardFolderOf({ id, shardFolder }: Pick<ImageSetManifest, 'id' | 'shardFolder'>): string {
  return shardFolder ?? id;
}

/**
 * The identity of an image set: SHA-256 over its size, its number of images and the checksums of its shards, in order. Whatever
 * files, decoder or machine they come from, the same pixels in the same order are the same set. How they became squares counts too,
 * where it was not by squeezing: new images are fitted to a network in the way of its set. A shard's size follows from that
 * of its images.
 */
export function hashShards(
  { imageSize, imageFit }: Pick<ImageSetManifest, 'imageSize' | 'imageFit'>,
  shards: readonly ShardSummary[],
): Promise<string> {
  const filled = shards.filter(({ imageCount }) => imageCount > 0);
  const count = filled.reduce((sum, { imageCount }) => sum + imageCount, 0);
  const checksums = filled.map(({ pixelsSha256 }) => pixelsSha256);
  return sha256Hex(JSON.stringify(['pixels', imageSize, count, checksums, ...(imageFit ? [fitKey(imageFit)] : [])]));
}
