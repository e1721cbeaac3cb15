import type { FileStore } from '../artifacts/fileStore';
import type { DatasetManifest } from './dataset';
import { datasetPaths } from './datasetPaths';
import { parseManifest } from './parseManifest';

/**
 * The stored manifest of a dataset, or null when there is none.
 * @throws LabError `storage-failed` when it cannot be read
 */
export async function readManifest(store: FileStore, id: string): Promise<DatasetManifest | null> {
  const path = datasetPaths(id).manifest;
  const bytes = await store.read(path);
  return bytes && parseManifest(bytes, path);
}
