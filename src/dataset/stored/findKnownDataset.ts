import type { FileStore } from '../../artifacts/fileStore';
import type { DatasetId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import type { DatasetManifest } from './dataset';
import { readManifest } from './readManifest';

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
