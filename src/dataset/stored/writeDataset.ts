import type { FileStore } from '../../artifacts/fileStore';
import { sealJson } from '../../artifacts/sealedJson';
import type { DatasetManifest } from './dataset';
import { datasetPaths } from './datasetPaths';

/**
 * Makes a dataset visible, what belongs to it first and its manifest, with a checksum, last. Its images must be stored before, and must not go meanwhile.
 *
 * @param files what lies beside the manifest, by file name
 * @throws LabError `quota-exceeded`, `storage-failed`, `in-use`; nothing half stays behind
 */
export async function writeDataset(
  store: FileStore,
  manifest: DatasetManifest,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<void> {
  const paths = datasetPaths(manifest.id);
  await store.ownership.own(`dataset/${manifest.id}`, async () => {
    for (const [name, bytes] of Object.entries(files)) await store.write(`${paths.folder}/${name}`, bytes);
    await store.write(paths.manifest, await sealJson(manifest));
  });
}
