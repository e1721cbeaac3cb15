import type { FileStore } from '../../../artifacts/fileStore';
import type { ImageSetId } from '../../../foundation/ids';
import { deleteImageSet } from './deleteImageSet';
import type { ImageSetManifest } from './imageSet';
import { findImageSet } from './readImageSet';

/**
 * Does work with an image set that is stored, or made for it now. Meanwhile nobody deletes it, makes it a second time, or takes it
 * for what an import left that was cut off. What was made for work that fails is removed again.
 *
 * @throws LabError `in-use` when another tab or process makes or deletes this very set; whatever `make` and `work` throw
 */
export async function withImageSet<T>(
  store: FileStore,
  id: ImageSetId,
  make: () => Promise<ImageSetManifest>,
  work: (manifest: ImageSetManifest) => Promise<T>,
): Promise<T> {
  const { ownership } = store;
  const used = await withStoredImageSet(store, id, work);
  if (used) return used.result;
  return ownership.own(`image-set/${id}`, async () => {
    const stored = await findImageSet(store, id);
    if (stored) return work(stored);
    const made = await make();
    try {
      return await work(made);
    } catch (error) {
      await deleteImageSet(store, id);
      throw error;
    }
  });
}

/**
 * Does work with an image set that is stored, which nobody deletes meanwhile; null when there is none.
 * @throws LabError `in-use` when another tab or process makes or deletes this very set; whatever `work` throws
 */
export async function withStoredImageSet<T>(
  store: FileStore,
  id: ImageSetId,
  work: (manifest: ImageSetManifest) => Promise<T>,
): Promise<{ result: T } | null> {
  if (!(await findImageSet(store, id))) return null;
  return store.ownership.share(`image-set/${id}`, async () => {
    const stored = await findImageSet(store, id);
    return stored && { result: await work(stored) };
  });
}
