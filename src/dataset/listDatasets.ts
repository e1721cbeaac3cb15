import type { FileStore } from '../artifacts/fileStore';
import { type DatasetId, datasetId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import type { DatasetManifest } from './dataset';
import { datasetPaths, datasetsFolder } from './datasetPaths';
import { readManifest } from './readManifest';
import { isBeingWritten } from './writeDataset';

/** A dataset that is stored but cannot be used, and why. It can be deleted. */
export interface UnreadableDataset {
  id: DatasetId;
  reason: string;
}

/**
 * The stored datasets, oldest first, and those whose manifest this version of the lab cannot read: they are kept. A folder
 * without a manifest, which a cut-off import or deletion left, is removed on the way.
 * @throws LabError `storage-failed` when the folder cannot be read
 */
export async function listDatasets(
  store: FileStore,
): Promise<{ datasets: DatasetManifest[]; unreadable: UnreadableDataset[] }> {
  const datasets: DatasetManifest[] = [];
  const unreadable: UnreadableDataset[] = [];
  for (const id of await store.list(datasetsFolder)) {
    try {
      const manifest = await readManifest(store, id);
      if (manifest) datasets.push(manifest);
      else if (!isBeingWritten(store, id)) await removeLeftovers(store, id);
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      unreadable.push({ id: datasetId(id), reason: error.message });
    }
  }
  datasets.sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
  return { datasets, unreadable };
}

async function removeLeftovers(store: FileStore, id: string) {
  try {
    await store.remove(datasetPaths(id).folder);
  } catch (error) {
    // Locked: another tab is writing it at this moment. It is that tab's to finish or to clean.
    if (!(error instanceof LabError && error.code === 'storage-failed')) throw error;
  }
}
