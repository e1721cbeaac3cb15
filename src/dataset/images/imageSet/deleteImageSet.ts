import type { FileStore } from '../../../artifacts/fileStore';
import type { OwnedName } from '../../../artifacts/ownership';
import type { ImageSetId } from '../../../foundation/ids';
import { shardFolderOf } from './imageSet';
import { imageSetPaths } from './imageSetPaths';
import { foldersOf } from './importedFiles';
import { findImageSet } from './readImageSet';

/** Folders of a set: its own, that of its shards, and those that say which files it is. */
async function foldersToDelete(store: FileStore, id: ImageSetId): Promise<Set<string>> {
  const manifest = await findImageSet(store, id);
  const folders = await foldersOf(store, id);
  return new Set<string>([id, ...(manifest ? [shardFolderOf(manifest)] : []), ...folders]);
}

/** What whoever deletes an image set is to own: the set, and whatever imports of its files go by. */
export async function namesOfImageSet(store: FileStore, id: ImageSetId): Promise<OwnedName[]> {
  return Array.from(await foldersToDelete(store, id), (folder): OwnedName => `image-set/${folder}`);
}

/**
 * Deletes an image set, manifest first, so that a deletion that is cut off leaves nothing that looks whole, and what says
 * that files are this set. Nothing happens when there is none. No dataset may use it any more, and the caller owns
 * {@link namesOfImageSet}.
 *
 * @param id of a set, or the folder of an import that was cut off
 * @throws LabError `storage-failed`, also while it is open
 */
export async function deleteImageSet(store: FileStore, id: ImageSetId): Promise<void> {
  const folders = await foldersToDelete(store, id);
  await store.remove(imageSetPaths(id).manifest);
  for (const folder of folders) await store.remove(imageSetPaths(folder).folder);
}
