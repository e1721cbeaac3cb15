import type { FileStore } from '../foundation/fileStore';
import { datasetId } from '../foundation/ids';
import { createDatasetWriter } from './createDatasetWriter';
import type { DatasetManifest } from './dataset';
import { findKnownDataset } from './findKnownDataset';
import { hashSplits } from './hashSplits';
import { sha256Hex } from './sha256Hex';

/** A manifest before it is stored: what storing adds is missing. */
export type NewManifest = Omit<DatasetManifest, 'id' | 'createdAt' | 'splitHashes'>;

const idDigits = 12;

/** Makes an id from whatever decides a dataset's content. Equal content, equal id. */
export async function makeDatasetId(content: string) {
  return datasetId((await sha256Hex(content)).slice(0, idDigits));
}

/** Adds to a manifest what storing decides. */
export async function completeManifest(fields: NewManifest, id: DatasetManifest['id']): Promise<DatasetManifest> {
  const splitHashes = await hashSplits(fields.samples.names, fields.samples.splits);
  return { ...fields, id, createdAt: new Date().toISOString(), splitHashes };
}

/**
 * Stores a dataset whose images are in memory. Its id is the short hash of its pixels and samples: a set that is already
 * stored is recognised and returned as it is.
 *
 * @param pixels uint8 [n, imageSize, imageSize, 3] in the order of `fields.samples`
 * @throws LabError `quota-exceeded`, `storage-failed`; nothing half stays behind
 */
export async function storeDataset(
  store: FileStore,
  fields: NewManifest,
  pixels: Uint8Array<ArrayBuffer>,
): Promise<DatasetManifest> {
  const { samples, classNames, groupNames, imageSize, source } = fields;
  const id = await makeDatasetId(
    JSON.stringify([source.kind, imageSize, classNames, groupNames, samples, await sha256Hex(pixels)]),
  );
  const known = await findKnownDataset(store, id);
  if (known) return known;
  const manifest = await completeManifest(fields, id);
  const writer = await createDatasetWriter(store, id);
  try {
    writer.append(pixels);
    await writer.finish(manifest);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return manifest;
}
