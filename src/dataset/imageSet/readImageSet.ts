import type { FileStore } from '../../foundation/fileStore';
import { LabError } from '../../foundation/labError';
import { sha256Hex } from '../sha256Hex';
import type { ImageSetManifest } from './imageSet';
import { imageSetPaths } from './imageSetPaths';
import { parseImageSetManifest, parseShardIndex } from './parseImageSet';

/**
 * The manifest of a stored image set, or null when there is none.
 * @throws LabError `storage-failed` when it cannot be read
 */
export async function readImageSet(store: FileStore, id: string): Promise<ImageSetManifest | null> {
  const path = imageSetPaths(id).manifest;
  const bytes = await store.read(path);
  return bytes && parseImageSetManifest(bytes, path);
}

/** The manifest of a set that need not be written again; null when there is none, or when it cannot be read. */
export async function findImageSet(store: FileStore, id: string): Promise<ImageSetManifest | null> {
  try {
    return await readImageSet(store, id);
  } catch (error) {
    if (error instanceof LabError && error.code === 'storage-failed') return null;
    throw error;
  }
}

/**
 * The file name of each image, as it was when the set was imported.
 * @throws LabError `storage-failed` when an index is missing or damaged
 */
export async function readImageNames(store: FileStore, manifest: ImageSetManifest): Promise<string[]> {
  const names: string[] = [];
  for (const [index, { indexSha256 }] of manifest.shards.entries()) {
    const path = imageSetPaths(manifest.id).index(index);
    const bytes = await store.read(path);
    if (!bytes || (await sha256Hex(bytes)) !== indexSha256) throw damaged(path);
    for (const name of parseShardIndex(bytes, path).names) names.push(name);
  }
  return names;
}

/** What is said of a stored file that is not what its set's manifest says. */
export function damaged(path: string): LabError {
  return new LabError({
    code: 'storage-failed',
    message: `${path} is missing or damaged: its checksum is not the one that was noted when it was written.`,
    hint: 'Delete the datasets that use these images and import them again. Settings, models and runs are kept.',
    details: { file: path },
  });
}
