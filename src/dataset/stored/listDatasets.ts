import { hasHead } from '../../artifacts/artifact';
import type { FileStore } from '../../artifacts/fileStore';
import { unlessInUse } from '../../artifacts/ownership';
import { artifactDamaged } from '../../artifacts/sealedJson';
import { tidyUp } from '../../artifacts/tidyUp';
import { type DatasetId, datasetId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import { type DatasetHead, datasetHeadOf, readDatasetHead, writeDatasetHead } from './datasetHead';
import { datasetPaths, datasetsFolder } from './datasetPaths';
import { readManifest } from './readManifest';

/** A dataset that is stored but cannot be used, and why. It can be deleted. */
export interface UnreadableDataset {
  id: DatasetId;
  reason: string;
}

/**
 * The stored datasets by their heads, oldest first, and those of which neither head nor manifest can be read: they are kept. What
 * has no head, as earlier versions stored it, or one of another manifest, gets one on the way. A folder without either, which a
 * cut-off import or deletion left, is removed; not one that someone owns.
 * @throws LabError `storage-failed` when the folder cannot be read
 */
export async function listDatasets(
  store: FileStore,
): Promise<{ datasets: DatasetHead[]; unreadable: UnreadableDataset[] }> {
  const datasets: DatasetHead[] = [];
  const unreadable: UnreadableDataset[] = [];
  const ids = await store.list(datasetsFolder);
  const heads = await Promise.all(ids.map((id) => currentHead(store, id)));
  for (const [index, id] of ids.entries()) {
    try {
      const head = heads[index] ?? (await headOfManifest(store, id));
      if (head) datasets.push(head);
      else await removeLeftovers(store, id);
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      unreadable.push({ id: datasetId(id), reason: error.message });
    }
  }
  datasets.sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
  return { datasets, unreadable };
}

/** The stored head, if it is that of the manifest as it is stored. */
async function currentHead(store: FileStore, id: string): Promise<DatasetHead | null> {
  try {
    const head = await readDatasetHead(store, id);
    if (!head || head.manifestBytes !== (await store.sizeOf(datasetPaths(id).manifest))) return null;
    const { manifestBytes: _, ...shown } = head;
    return shown;
  } catch (error) {
    // It is told when the manifest is read.
    if (error instanceof LabError) return null;
    throw error;
  }
}

/** The head made again from the manifest; null when there is neither. Without room for it the manifest tells all. */
async function headOfManifest(store: FileStore, id: string): Promise<DatasetHead | null> {
  // Measured first: a manifest that is written meanwhile is another one than the head's.
  const bytes = await store.sizeOf(datasetPaths(id).manifest);
  const manifest = await readManifest(store, id);
  if (manifest) {
    await tidyUp(() => writeDatasetHead(store, manifest, bytes));
    return datasetHeadOf(manifest);
  }
  if (!(await hasHead(store, datasetPaths(id).folder))) return null;
  // A deletion takes the head first: a head alone has lost its manifest.
  throw artifactDamaged(datasetPaths(id).manifest, 'it is missing');
}

async function removeLeftovers(store: FileStore, id: string) {
  const { ownership } = store;
  if ((await ownership.owned()).has(`dataset/${id}`)) return;
  await unlessInUse(
    ownership.own(`dataset/${id}`, async () => {
      const { folder } = datasetPaths(id);
      if (!(await readManifest(store, id)) && !(await hasHead(store, folder))) await store.remove(folder);
    }),
  );
}
