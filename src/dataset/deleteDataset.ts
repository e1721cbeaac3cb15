import type { FileStore } from '../artifacts/fileStore';
import type { DatasetId } from '../foundation/ids';
import { datasetPaths } from './datasetPaths';
import { deleteImageSet } from './imageSet/deleteImageSet';
import { listDatasets } from './listDatasets';

/**
 * Deletes a dataset, manifest first, so that a deletion that is cut off leaves nothing that looks whole; its images too
 * when no other dataset uses them. Nothing happens when there is none. Close it before.
 * @throws LabError `storage-failed`
 */
export async function deleteDataset(store: FileStore, id: DatasetId): Promise<void> {
  const before = await listDatasets(store);
  const images = before.datasets.find((dataset) => dataset.id === id)?.imageSetId;
  const paths = datasetPaths(id);
  await store.remove(paths.manifest);
  await store.remove(paths.folder);
  // A dataset that cannot be read may use the same images: they are kept then.
  const others = before.unreadable.some((other) => other.id !== id);
  const isShared = before.datasets.some((dataset) => dataset.id !== id && dataset.imageSetId === images);
  if (images !== undefined && !isShared && !others) await deleteImageSet(store, images);
}
