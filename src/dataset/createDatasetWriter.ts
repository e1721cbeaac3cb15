import type { FileStore } from '../foundation/fileStore';
import type { DatasetId } from '../foundation/ids';
import type { DatasetManifest } from './dataset';
import { datasetPaths } from './datasetPaths';

/** Writes one dataset, images first and the manifest last. Ends with exactly one of `finish` and `abort`. */
export interface DatasetWriter {
  /** Adds images behind those already there, row-major [n, imageSize, imageSize, 3]. */
  append(pixels: Uint8Array): void;
  /** Makes the dataset visible. */
  finish(manifest: DatasetManifest): Promise<void>;
  /** Removes all that was written. */
  abort(): Promise<void>;
}

/** Ids being written at this moment, per store: they have no manifest yet, but are nobody's leftovers. */
const writing = new WeakMap<FileStore, Set<string>>();

export function isBeingWritten(store: FileStore, id: string): boolean {
  return writing.get(store)?.has(id) ?? false;
}

/**
 * Starts a dataset afresh; what lies under the id is removed.
 * @throws LabError `quota-exceeded`, `storage-failed`, here and from `append` and `finish`
 */
export async function createDatasetWriter(store: FileStore, id: DatasetId): Promise<DatasetWriter> {
  const paths = datasetPaths(id);
  const ids = writing.get(store) ?? new Set();
  writing.set(store, ids.add(id));
  try {
    await store.remove(paths.folder);
    const images = await store.open(paths.images);
    let isOpen = true;
    const closeImages = () => {
      if (isOpen) images.close();
      isOpen = false;
    };
    return {
      append(pixels) {
        images.writeAt(images.sizeBytes, pixels);
      },
      async finish(manifest) {
        closeImages();
        await store.write(paths.manifest, new TextEncoder().encode(JSON.stringify(manifest)));
        ids.delete(id);
      },
      async abort() {
        closeImages();
        await store.remove(paths.folder);
        ids.delete(id);
      },
    };
  } catch (error) {
    ids.delete(id);
    throw error;
  }
}
