import { removeHead } from '../../artifacts/artifact';
import type { FileStore } from '../../artifacts/fileStore';
import { sealJson } from '../../artifacts/sealedJson';
import { tidyUp } from '../../artifacts/tidyUp';
import type { DatasetManifest } from './dataset';
import { writeDatasetHead } from './datasetHead';
import { datasetPaths } from './datasetPaths';

/**
 * Makes a dataset visible, what belongs to it first, then its manifest, with a checksum. Its head, which follows from the
 * manifest, is made again where there was no room for it. Its images must be stored before, and must not go meanwhile.
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
    // A head never stands beside another manifest than its own.
    await removeHead(store, paths.folder);
    for (const [name, bytes] of Object.entries(files)) await store.write(`${paths.folder}/${name}`, bytes);
    const sealed = await sealJson(manifest);
    await store.write(paths.manifest, sealed);
    await tidyUp(() => writeDatasetHead(store, manifest, sealed.length));
  });
}
