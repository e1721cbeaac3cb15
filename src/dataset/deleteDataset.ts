import type { FileStore } from '../foundation/fileStore';
import type { DatasetId } from '../foundation/ids';
import { datasetPaths } from './datasetPaths';

/**
 * Deletes a dataset, manifest first, so that a deletion that is cut off leaves nothing that looks whole. Nothing happens
 * when there is none. Close it before.
 * @throws LabError `storage-failed`
 */
export async function deleteDataset(store: FileStore, id: DatasetId): Promise<void> {
  const paths = datasetPaths(id);
  await store.remove(paths.manifest);
  await store.remove(paths.folder);
}
