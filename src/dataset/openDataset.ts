import type { FileStore } from '../foundation/fileStore';
import type { DatasetId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import type { Dataset } from './dataset';
import { datasetPaths } from './datasetPaths';
import { readManifest } from './readManifest';

/** A dataset that holds its image file open. Close it before it is opened again or deleted. */
export interface OpenDataset extends Dataset {
  close(): void;
}

const channels = 3;

/**
 * Opens a stored dataset.
 * @throws LabError `dataset-not-found`; `storage-failed` when its files cannot be read, or are shorter than they should be
 */
export async function openDataset(store: FileStore, id: DatasetId): Promise<OpenDataset> {
  const manifest = await readManifest(store, id);
  if (!manifest) {
    throw new LabError({
      code: 'dataset-not-found',
      message: `There is no dataset ${id} on this machine.`,
      hint: 'Import it again, or generate the demo again with the same settings.',
      details: { id },
    });
  }
  const path = datasetPaths(id).images;
  const images = await store.open(path);
  const imageBytes = manifest.imageSize ** 2 * channels;
  const expectedBytes = manifest.samples.names.length * imageBytes;
  if (images.sizeBytes !== expectedBytes) {
    const found = images.sizeBytes;
    images.close();
    throw new LabError({
      code: 'storage-failed',
      message: `${path} holds ${found} bytes, but the manifest speaks of ${expectedBytes}.`,
      hint: 'Delete this dataset and import it again.',
      details: { file: path, expected: expectedBytes, found },
    });
  }
  return {
    manifest,
    readPixels(indices) {
      const pixels = new Uint8Array(indices.length * imageBytes);
      for (let i = 0; i < indices.length; i++) {
        images.readAt(indices[i]! * imageBytes, pixels.subarray(i * imageBytes, (i + 1) * imageBytes));
      }
      return pixels;
    },
    close() {
      images.close();
    },
  };
}
