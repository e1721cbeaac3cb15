import type { FileStore } from '../../artifacts/fileStore';
import type { ImageSetId } from '../../foundation/ids';
import { shardFolderOf } from './imageSet';
import { imageSetPaths } from './imageSetPaths';
import { foldersOf } from './importedFiles';
import { findImageSet } from './readImageSet';

/**
 * Deletes an image set, manifest first, so that a deletion that is cut off leaves nothing that looks whole, and what says
 * that files are this set. Nothing happens when there is none. No dataset may use it any more.
 *
 * @param id of a set, or the folder of an import that was cut off
 * @throws LabError `storage-failed`, also while it is open
 */
export async function deleteImageSet(store: FileStore, id: ImageSetId): Promise<void> {
  const manifest = await findImageSet(store, id);
  const folders = new Set([
    id as string,
    ...(manifest ? [shardFolderOf(manifest)] : []),
    ...(await foldersOf(store, id)),
  ]);
  await store.remove(imageSetPaths(id).manifest);
  for (const folder of folders) await store.remove(imageSetPaths(folder).folder);
}
