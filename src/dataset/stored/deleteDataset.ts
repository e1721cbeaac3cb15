import { removeHead } from '../../artifacts/artifact';
import type { FileStore } from '../../artifacts/fileStore';
import { ownAll } from '../../artifacts/ownership';
import type { DatasetId, ImageSetId } from '../../foundation/ids';
import { deleteImageSet, namesOfImageSet } from '../images/imageSet/deleteImageSet';
import { datasetPaths } from './datasetPaths';
import { listDatasets } from './listDatasets';

/**
 * Deletes a dataset, head and manifest first, so that a deletion that is cut off leaves nothing that looks whole; its images too
 * when no other dataset uses them. Nothing happens when there is none.
 * @throws LabError `in-use` when a tab or job uses it or images that would go with it: all of it stays; `storage-failed`
 */
export async function deleteDataset(store: FileStore, id: DatasetId): Promise<void> {
  const { ownership } = store;
  await ownership.own(`dataset/${id}`, async () => {
    const images = await imagesToDelete(store, id);
    if (images === null) await deleteSamples(store, id);
    else {
      await ownAll(ownership, await namesOfImageSet(store, images), async () => {
        await deleteSamples(store, id);
        await deleteImageSet(store, images);
      });
    }
  });
}

async function deleteSamples(store: FileStore, id: DatasetId): Promise<void> {
  const paths = datasetPaths(id);
  await removeHead(store, paths.folder);
  await store.remove(paths.manifest);
  await store.remove(paths.folder);
}

/** The images that no other dataset uses; null where there are none. One that cannot be read may use the same images: they are kept then. */
async function imagesToDelete(store: FileStore, id: DatasetId): Promise<ImageSetId | null> {
  const { datasets, unreadable } = await listDatasets(store);
  const images = datasets.find((dataset) => dataset.id === id)?.imageSetId;
  const isShared = datasets.some((dataset) => dataset.id !== id && dataset.imageSetId === images);
  const maybeShared = unreadable.some((other) => other.id !== id);
  return images === undefined || isShared || maybeShared ? null : images;
}
