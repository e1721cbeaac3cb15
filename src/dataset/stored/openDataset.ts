import { removeHead } from '../../artifacts/artifact';
import type { FileStore } from '../../artifacts/fileStore';
import { tidyUp } from '../../artifacts/tidyUp';
import type { DatasetId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import { type OpenImageSet, openImageSet } from '../images/imageSet/openImageSet';
import type { Dataset, DatasetManifest } from './dataset';
import { datasetPaths } from './datasetPaths';
import { readManifest } from './readManifest';

/** A dataset that holds its images open. Close it before they are opened again or deleted. */
export interface OpenDataset extends Dataset {
  close(): void;
}

/**
 * Opens a stored dataset by itself.
 * @throws LabError `dataset-not-found`; `storage-failed` when its files cannot be read or are damaged
 */
export async function openDataset(store: FileStore, id: DatasetId): Promise<OpenDataset> {
  const manifest = await requireManifest(store, id);
  const images = await openImageSet(store, manifest.imageSetId);
  try {
    return { ...(await joinImages(manifest, images)), close: () => images.close() };
  } catch (error) {
    images.close();
    throw error;
  }
}

/** A dataset's manifest. @throws LabError `dataset-not-found`; `artifact-damaged`, `storage-failed` when it cannot be read */
export async function requireManifest(store: FileStore, id: DatasetId): Promise<DatasetManifest> {
  const manifest = await readOrTell(store, id);
  if (manifest) return manifest;
  throw new LabError({
    code: 'dataset-not-found',
    message: `There is no dataset ${id} on this machine.`,
    hint: 'Import it again, or generate the demo again with the same settings.',
    details: { id },
  });
}

/** The head of a dataset that cannot be read goes: lists read its manifest then, and tell what it is. */
async function readOrTell(store: FileStore, id: DatasetId): Promise<DatasetManifest | null> {
  try {
    return await readManifest(store, id);
  } catch (error) {
    await tidyUp(() => removeHead(store, datasetPaths(id).folder));
    throw error;
  }
}

/**
 * A dataset over images that are open, checked against their checksums.
 * @throws LabError `storage-failed` when they are damaged, or not those that the manifest speaks of
 */
export async function joinImages(manifest: DatasetManifest, images: OpenImageSet): Promise<Dataset> {
  const { imageIndices, imageSize, id } = manifest;
  const { imageCount, imageSize: storedSize } = images.manifest;
  const beyond = imageIndices.find((index) => index >= imageCount);
  if (beyond !== undefined || storedSize !== imageSize) {
    throw new LabError({
      code: 'storage-failed',
      message: `The dataset ${id} speaks of image ${beyond ?? 0} of ${imageSize} pixels, but ${imageCount} images of ${storedSize} pixels are stored.`,
      hint: 'Delete this dataset and import it again.',
      details: { id, expected: beyond ?? imageSize, found: beyond === undefined ? storedSize : imageCount },
    });
  }
  await images.prepare();
  return {
    manifest,
    readPixels: (indices) => images.readPixels(Array.from(indices, (index) => imageIndices[index]!)),
  };
}
