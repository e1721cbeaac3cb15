import type { FileStore } from '../../artifacts/fileStore';
import { datasetId } from '../../foundation/ids';
import { sha256Hex } from '../../foundation/sha256Hex';
import { createImageSetWriter } from '../images/imageSet/createImageSetWriter';
import { imageBytes, imageSetIdOf } from '../images/imageSet/imageSet';
import { findImageSet } from '../images/imageSet/readImageSet';
import { withImageSet } from '../images/imageSet/withImageSet';
import type { DatasetManifest } from './dataset';
import { hashSplits } from './hashSplits';
import { findKnownDataset } from './readManifest';
import { writeDataset } from './writeDataset';

/** A manifest before it is stored: what storing adds is missing. */
export type NewManifest = Omit<DatasetManifest, 'id' | 'createdAt' | 'splitHashes' | 'imageSetId' | 'imageIndices'>;

const idDigits = 12;

/** Makes an id from whatever decides a dataset's content. Equal content, equal id. */
export async function makeDatasetId(content: string) {
  return datasetId((await sha256Hex(content)).slice(0, idDigits));
}

/** Adds to a manifest what storing decides. */
export async function completeManifest(
  fields: NewManifest,
  stored: Pick<DatasetManifest, 'id' | 'imageSetId' | 'imageIndices'>,
): Promise<DatasetManifest> {
  const splitHashes = await hashSplits(fields.samples.names, fields.samples.splits);
  return { ...fields, ...stored, createdAt: new Date().toISOString(), splitHashes };
}

/**
 * Stores a dataset whose images are in memory. Its id is the short hash of its pixels and samples: a set that is already
 * stored is recognised and returned as it is.
 *
 * @param pixels uint8 [n, imageSize, imageSize, 3] in the order of `fields.samples`
 * @throws LabError `quota-exceeded`, `storage-failed`, `in-use`; nothing half stays behind
 */
export async function storeDataset(
  store: FileStore,
  fields: NewManifest,
  pixels: Uint8Array<ArrayBuffer>,
): Promise<DatasetManifest> {
  const { samples, classNames, groupNames, imageSize, source } = fields;
  const contentHash = await sha256Hex(pixels);
  const id = await makeDatasetId(
    JSON.stringify([source.kind, imageSize, classNames, groupNames, samples, contentHash]),
  );
  const imageSet = imageSetIdOf(contentHash);
  const [known, knownImages] = [await findKnownDataset(store, id), await findImageSet(store, imageSet)];
  if (known && knownImages) return known;
  const imageIndices = samples.names.map((_, index) => index);
  const manifest = await completeManifest(fields, { id, imageSetId: imageSet, imageIndices });
  await withImageSet(store, imageSet, storeImages, () => writeDataset(store, manifest));
  return manifest;

  async function storeImages() {
    const writer = await createImageSetWriter(store, { id: imageSet, contentHash, imageSize });
    try {
      for (let index = writer.sourcesDone; index < samples.names.length; index++) {
        const bytes = imageBytes(imageSize);
        await writer.append(samples.names[index]!, pixels.subarray(index * bytes, (index + 1) * bytes));
      }
      return await writer.finish();
    } catch (error) {
      await writer.abort();
      throw error;
    }
  }
}
