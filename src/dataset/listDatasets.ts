import type { FileStore } from '../foundation/fileStore';
import { LabError } from '../foundation/labError';
import { isBeingWritten } from './createDatasetWriter';
import type { DatasetManifest } from './dataset';
import { datasetPaths, datasetsFolder } from './datasetPaths';
import { readManifest } from './readManifest';

/**
 * The stored datasets, oldest first. What a cut-off import left behind is removed on the way.
 * @throws LabError `storage-failed` when a manifest cannot be read
 */
export async function listDatasets(store: FileStore): Promise<DatasetManifest[]> {
  const manifests: DatasetManifest[] = [];
  for (const id of await store.list(datasetsFolder)) {
    const manifest = await readManifest(store, id);
    if (manifest) manifests.push(manifest);
    else if (!isBeingWritten(store, id)) await removeLeftovers(store, id);
  }
  return manifests.sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
}

async function removeLeftovers(store: FileStore, id: string) {
  try {
    await store.remove(datasetPaths(id).folder);
  } catch (error) {
    // Locked: another tab is importing it at this moment. It is that tab's to finish or to clean.
    if (!(error instanceof LabError && error.code === 'storage-failed')) throw error;
  }
}
