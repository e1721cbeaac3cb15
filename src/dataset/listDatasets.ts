import type { FileStore } from '../foundation/fileStore';
import { LabError } from '../foundation/labError';
import { isBeingWritten } from './createDatasetWriter';
import type { DatasetManifest } from './dataset';
import { datasetPaths, datasetsFolder } from './datasetPaths';
import { readManifest } from './readManifest';

/**
 * The stored datasets, oldest first. What a cut-off import left behind is removed on the way. A dataset whose manifest
 * cannot be read (another version of the lab may have written it) is kept, but not listed, and warned of.
 * @throws LabError `storage-failed` when the folder cannot be read
 */
export async function listDatasets(store: FileStore): Promise<DatasetManifest[]> {
  const manifests: DatasetManifest[] = [];
  for (const id of await store.list(datasetsFolder)) {
    const manifest = await readOrWarn(store, id);
    if (manifest === 'unreadable') continue;
    if (manifest) manifests.push(manifest);
    else if (!isBeingWritten(store, id)) await removeLeftovers(store, id);
  }
  return manifests.sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
}

async function readOrWarn(store: FileStore, id: string): Promise<DatasetManifest | 'unreadable' | null> {
  try {
    return await readManifest(store, id);
  } catch (error) {
    console.warn(`Dataset ${id} is not listed.`, error);
    return 'unreadable';
  }
}

async function removeLeftovers(store: FileStore, id: string) {
  try {
    await store.remove(datasetPaths(id).folder);
  } catch (error) {
    // Locked: another tab is importing it at this moment. It is that tab's to finish or to clean.
    if (!(error instanceof LabError && error.code === 'storage-failed')) throw error;
  }
}
