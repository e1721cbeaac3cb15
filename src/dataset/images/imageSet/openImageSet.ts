import type { FileStore, RandomAccessFile } from '../../../artifacts/fileStore';
import type { ImageSetId } from '../../../foundation/ids';
import { LabError } from '../../../foundation/labError';
import { sha256Hex } from '../../../foundation/sha256Hex';
import { type ImageSetManifest, imageBytes, shardFolderOf } from './imageSet';
import { imageSetPaths } from './imageSetPaths';
import { damaged, readImageSet } from './readImageSet';

/** An image set that can be read. Close it before it is opened again or deleted. */
export interface OpenImageSet {
  manifest: ImageSetManifest;
  /**
   * Opens the shards that hold the images, and checks each against its checksum the first time.
   * @param indices positions in the set; all of them when left out
   * @throws LabError `storage-failed` when a shard is missing or damaged
   */
  prepare(indices?: ArrayLike<number>): Promise<void>;
  /**
   * Pixels of images that were prepared, row-major [n, imageSize, imageSize, 3].
   * @param indices positions in the set, in the order wanted
   */
  readPixels(indices: ArrayLike<number>): Uint8Array<ArrayBuffer>;
  close(): void;
}

/** Shards whose checksum was right when they were last read, per store: checked once a session. */
const checked = new WeakMap<FileStore, Set<string>>();

/**
 * Opens a stored image set.
 * @throws LabError `dataset-not-found` when there is none; `storage-failed` when its manifest cannot be read
 */
export async function openImageSet(store: FileStore, id: ImageSetId): Promise<OpenImageSet> {
  const manifest = await readImageSet(store, id);
  if (!manifest) {
    throw new LabError({
      code: 'dataset-not-found',
      message: `The images ${id} of this dataset are not on this machine.`,
      hint: 'Delete the dataset and import it again.',
      details: { id },
    });
  }
  const bytesEach = imageBytes(manifest.imageSize);
  const starts = shardStarts(manifest);
  const opened = new Map<number, Promise<RandomAccessFile>>();
  const files: (RandomAccessFile | undefined)[] = [];
  const shardOf = (image: number) => findShard(starts, image);

  async function openShard(shard: number): Promise<RandomAccessFile> {
    const path = imageSetPaths(shardFolderOf(manifest!)).pixels(shard);
    const file = await store.open(path, 'read');
    try {
      await checkShard(store, file, path, manifest!.shards[shard]!, bytesEach);
    } catch (error) {
      file.close();
      opened.delete(shard);
      throw error;
    }
    files[shard] = file;
    return file;
  }

  return {
    manifest,
    async prepare(indices) {
      const shards = indices ? new Set(Array.from(indices, shardOf)) : manifest.shards.keys();
      for (const shard of shards) {
        if (!opened.has(shard)) opened.set(shard, openShard(shard));
        await opened.get(shard);
      }
    },
    readPixels(indices) {
      const pixels = new Uint8Array(indices.length * bytesEach);
      for (let i = 0; i < indices.length; i++) {
        const shard = shardOf(indices[i]!);
        const position = (indices[i]! - starts[shard]!) * bytesEach;
        files[shard]!.readAt(position, pixels.subarray(i * bytesEach, (i + 1) * bytesEach));
      }
      return pixels;
    },
    close() {
      for (const file of files) file?.close();
      files.length = 0;
      opened.clear();
    },
  };
}

async function checkShard(
  store: FileStore,
  file: RandomAccessFile,
  path: string,
  { imageCount, pixelsSha256 }: ImageSetManifest['shards'][number],
  bytesEach: number,
) {
  const known = checked.get(store) ?? new Set();
  checked.set(store, known);
  const key = `${path} ${pixelsSha256}`;
  if (file.sizeBytes !== imageCount * bytesEach) throw damaged(path);
  if (known.has(key)) return;
  const bytes = new Uint8Array(file.sizeBytes);
  file.readAt(0, bytes);
  if ((await sha256Hex(bytes)) !== pixelsSha256) throw damaged(path);
  known.add(key);
}

/** Position of each shard's first image. */
function shardStarts({ shards }: ImageSetManifest): number[] {
  let next = 0;
  return shards.map(({ imageCount }) => {
    const start = next;
    next += imageCount;
    return start;
  });
}

/** The last shard that begins at or before the image. */
function findShard(starts: readonly number[], image: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= image) low = middle;
    else high = middle - 1;
  }
  return low;
}
