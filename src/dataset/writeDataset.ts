import type { FileStore } from '../artifacts/fileStore';
import type { DatasetManifest } from './dataset';
import { datasetPaths } from './datasetPaths';

/** Ids being written at this moment, per store: they have no manifest yet, but are nobody's leftovers. */
const writing = new WeakMap<FileStore, Set<string>>();

export function isBeingWritten(store: FileStore, id: string): boolean {
  return writing.get(store)?.has(id) ?? false;
}

/**
 * Makes a dataset visible, what belongs to it first and its manifest last. Its images must be stored before.
 *
 * @param files what lies beside the manifest, by file name
 * @throws LabError `quota-exceeded`, `storage-failed`; nothing half stays behind
 */
export async function writeDataset(
  store: FileStore,
  manifest: DatasetManifest,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<void> {
  const paths = datasetPaths(manifest.id);
  const ids = writing.get(store) ?? new Set();
  writing.set(store, ids.add(manifest.id));
  try {
    for (const [name, bytes] of Object.entries(files)) await store.write(`${paths.folder}/${name}`, bytes);
    await store.write(paths.manifest, new TextEncoder().encode(JSON.stringify(manifest)));
  } finally {
    ids.delete(manifest.id);
  }
}
