import type { FileStore } from '../../artifacts/fileStore';
import { unlessInUse } from '../../artifacts/ownership';
import { type DatasetId, datasetId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import type { DatasetManifest } from './dataset';
import { datasetPaths, datasetsFolder } from './datasetPaths';
import { readManifest } from './readManifest';

/** A dataset that is stored but cannot be used, and why. It can be deleted. */
export interface UnreadableDataset {
  id: DatasetId;
  reason: string;
}

/**
 * The stored datasets, oldest first, and those whose manifest this version of the lab cannot read: they are kept. A folder
 * without a manifest, which a cut-off import or deletion left, is removed on the way; not one that someone owns.
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
      else await removeLeftovers(store, id);
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      unreadable.push({ id: datasetId(id), reason: error.message });
    }
  }
  datasets.sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
  return { datasets, unreadable };
}

async function removeLeftovers(store: FileStore, id: string) {
  const { ownership } = store;
  if ((await ownership.owned()).has(`dataset/${id}`)) return;
  await unlessInUse(
    ownership.own(`dataset/${id}`, async () => {
      if (!(await readManifest(store, id))) await store.remove(datasetPaths(id).folder);
    }),
  );
}
