import type { FileStore } from '../../../artifacts/fileStore';
import { fromHex, toHex } from '../../../foundation/hexBytes';
import type { ImageSetId } from '../../../foundation/ids';
import type { ImageFit } from '../../../foundation/imageFit';
import { sha256Hex } from '../../../foundation/sha256Hex';
import { findDuplicateGroups } from './findDuplicateGroups';
import {
  hashShards,
  type ImageSetManifest,
  imageBytes,
  imageSetFormat,
  imageSetIdOf,
  imageSetVersion,
  type ShardIndex,
  type UnreadableImage,
} from './imageSet';
import { imageSetPaths } from './imageSetPaths';
import { fingerprintFolder } from './importedFiles';
import { perceptualHash } from './perceptualHash';
import { readWholeShards } from './readWholeShards';

/** What a new set is to hold. Its id is known beforehand, or follows from the pixels when the last of them is there. */
export type NewImageSet = {
  imageSize: number;
  /** How images of other shapes were made squares; squeezed when left out. */
  imageFit?: ImageFit;
  /** What decodes the files. */
  decoder?: string;
} & (
  | { id: ImageSetId; contentHash: string }
  /** Of the files that are imported: by it an import that was cut off is found again. */
  | { fingerprint: string }
);

/**
 * Writes one image set from source files in a fixed order: pixels in shards, each followed by its index, the manifest last.
 * What a cut-off writer left is taken up after its last whole shard. Ends with exactly one of `finish` and `abort`.
 */
export interface ImageSetWriter {
  /** Source files that were dealt with before; writing goes on with the next one. */
  readonly sourcesDone: number;
  /** Adds the image of the next source file. @throws LabError `quota-exceeded`, `storage-failed` */
  append(name: string, pixels: Uint8Array): Promise<void>;
  /** Notes that the next source file gives no image. */
  skip(image: UnreadableImage): void;
  /** Source files that gave no image, once all are dealt with. */
  readonly unreadable: readonly UnreadableImage[];
  /** Writes what is left, and says which set it is. @throws LabError `quota-exceeded`, `storage-failed` */
  identify(): Promise<ImageSetId>;
  /**
   * Looks for look-alikes and makes the set visible.
   * @param breathe awaited now and then meanwhile; may throw
   * @throws LabError `quota-exceeded`, `storage-failed`
   */
  finish(breathe?: () => Promise<void>): Promise<ImageSetManifest>;
  /** Removes all that was written, now and before. */
  abort(): Promise<void>;
}

/** A shard is gathered in memory, so that it is written whole and its checksum with it. */
const defaultShardBytes = 16 * 2 ** 20;

/**
 * Starts or takes up an image set, which the caller owns: only one writes it at a time.
 * @throws LabError `storage-failed`, `quota-exceeded`
 */
export async function createImageSetWriter(
  store: FileStore,
  set: NewImageSet,
  shardBytes = defaultShardBytes,
): Promise<ImageSetWriter> {
  const { imageSize, imageFit, decoder } = set;
  const folder = 'fingerprint' in set ? fingerprintFolder(set.fingerprint) : set.id;
  const paths = imageSetPaths(folder);
  const bytesEach = imageBytes(imageSize);
  const perShard = Math.max(1, Math.floor(shardBytes / bytesEach));
  const { shards, indexes } = await readWholeShards(store, folder, bytesEach);
  const hashes = indexes.flatMap(({ perceptualHashes }) => perceptualHashes);
  const unreadable = indexes.flatMap((index) => index.unreadable);
  const sourcesBefore = indexes.at(-1)?.sourcesDone ?? 0;
  let sourcesDone = sourcesBefore;
  let pixels = new Uint8Array(perShard * bytesEach);
  let pending = emptyIndex();

  async function writeShard() {
    const bytes = pixels.subarray(0, pending.names.length * bytesEach);
    const pixelsSha256 = await sha256Hex(bytes);
    await store.write(paths.pixels(shards.length), bytes);
    const index = encodeJson({ ...pending, pixelsSha256, sourcesDone } satisfies ShardIndex);
    await store.write(paths.index(shards.length), index);
    shards.push({ imageCount: pending.names.length, pixelsSha256, indexSha256: await sha256Hex(index) });
    hashes.push(...pending.perceptualHashes);
    unreadable.push(...pending.unreadable);
    pending = emptyIndex();
  }

  /** The id, and the hash that it is the start of, of all that was written. */
  async function identify() {
    if (pending.names.length > 0 || pending.unreadable.length > 0) await writeShard();
    pixels = new Uint8Array(0);
    if (!('fingerprint' in set)) return set;
    const contentHash = await hashShards(set, shards);
    return { id: imageSetIdOf(contentHash), contentHash };
  }

  return {
    unreadable,
    identify: async () => (await identify()).id,
    sourcesDone: sourcesBefore,
    async append(name, image) {
      pixels.set(image, pending.names.length * bytesEach);
      pending.names.push(name);
      pending.perceptualHashes.push(toHex(perceptualHash(image, imageSize)));
      sourcesDone++;
      if (pending.names.length === perShard) await writeShard();
    },
    skip(image) {
      pending.unreadable.push(image);
      sourcesDone++;
    },
    async finish(breathe) {
      const { id, contentHash } = await identify();
      const manifest: ImageSetManifest = {
        format: imageSetFormat,
        version: imageSetVersion,
        id,
        createdAt: new Date().toISOString(),
        contentHash,
        ...(decoder !== undefined && { decoder }),
        ...(folder !== id && { shardFolder: folder }),
        imageSize,
        ...(imageFit && { imageFit }),
        imageCount: hashes.length,
        shards,
        unreadable,
        duplicateGroups: await findDuplicateGroups(joinBytes(hashes), breathe),
      };
      await store.write(imageSetPaths(id).manifest, encodeJson(manifest));
      return manifest;
    },
    async abort() {
      await store.remove(paths.folder);
    },
  };
}

function emptyIndex(): Pick<ShardIndex, 'names' | 'perceptualHashes'> & { unreadable: UnreadableImage[] } {
  return { names: [], perceptualHashes: [], unreadable: [] };
}

function encodeJson(value: ShardIndex | ImageSetManifest): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

function joinBytes(hexes: readonly string[]): Uint8Array {
  return fromHex(hexes.join(''));
}
