import type { FileStore } from '../../artifacts/fileStore';
import type { ImageSetId } from '../../foundation/ids';
import { imageSetPaths } from './imageSetPaths';

/**
 * Deletes an image set, manifest first, so that a deletion that is cut off leaves nothing that looks whole. Nothing happens
 * when there is none. No dataset may use it any more.
 * @throws LabError `storage-failed`, also while it is open
 */
export async function deleteImageSet(store: FileStore, id: ImageSetId): Promise<void> {
  const paths = imageSetPaths(id);
  await store.remove(paths.manifest);
  await store.remove(paths.folder);
}
