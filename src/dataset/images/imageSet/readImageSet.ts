import type { FileStore } from '../../../artifacts/fileStore';
import { LabError } from '../../../foundation/labError';
import type { ImageSetManifest } from './imageSet';
import { imageSetPaths } from './imageSetPaths';
import { parseImageSetManifest } from './parseImageSet';

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

/** What is said of a stored file that is not what its set's manifest says. */
export function damaged(path: string): LabError {
  return new LabError({
    code: 'storage-failed',
    message: `${path} is missing or damaged: its checksum is not the one that was noted when it was written.`,
    hint: 'Delete the datasets that use these images and import them again. Settings, models and runs are kept.',
    details: { file: path },
  });
}
