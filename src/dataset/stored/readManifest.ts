import type { FileStore } from '../../artifacts/fileStore';
import { openSealed } from '../../artifacts/sealedJson';
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
