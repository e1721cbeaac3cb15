import type { FileStore } from '../../artifacts/fileStore';
import { openSealed } from '../../artifacts/sealedJson';
import type { DatasetId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import type { DatasetManifest } from './dataset';
import { datasetPaths } from './datasetPaths';
import { parseManifest } from './parseManifest';

/**
 * The stored manifest of a dataset, or null when there is none. Those of earlier versions have no checksum.
 * @throws LabError `artifact-damaged` when it is not what was written; `storage-failed` when it cannot be read
 */
export async function readManifest(store: FileStore, id: string): Promise<DatasetManifest | null> {
  const path = datasetPaths(id).manifest;
  const bytes = await store.read(path);
  return bytes && parseManifest(await openSealed(bytes, path), path);
}

/**
 * The manifest of a dataset that is already stored, so that it need not be stored again; null when there is none, and
 * when it cannot be read: it is then written anew.
 */
export async function findKnownDataset(store: FileStore, id: DatasetId): Promise<DatasetManifest | null> {
  try {
    return await readManifest(store, id);
  } catch (error) {
    if (error instanceof LabError && error.code === 'storage-failed') return null;
    throw error;
  }
}
