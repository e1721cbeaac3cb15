import * as z from 'zod/mini';
import { type ArtifactKind, readHead, writeArtifact } from '../../artifacts/artifact';
import type { FileStore } from '../../artifacts/fileStore';
import { datasetId, imageSetId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import type { DatasetManifest } from './dataset';
import { datasetPaths } from './datasetPaths';

/** What a list shows of a dataset. */
export interface DatasetHead
  extends Pick<
    DatasetManifest,
    'id' | 'name' | 'createdAt' | 'imageSize' | 'classNames' | 'groupNames' | 'sensitiveAttribute' | 'imageSetId'
  > {
  imageCount: number;
}

/** The head of a dataset as it is stored. It follows from the manifest and is written after it. */
export interface StoredDatasetHead extends DatasetHead {
  /** Bytes of the manifest that it follows from; another number means that it is of another one. */
  manifestBytes: number;
}

const whole = z.int().check(z.gte(0));

const datasetHeadKind: ArtifactKind<StoredDatasetHead> = {
  kind: 'dataset',
  version: 1,
  schema: z.object({
    id: z.pipe(z.string(), z.transform(datasetId)),
    name: z.string(),
    createdAt: z.string(),
    imageSize: z.int().check(z.gte(1)),
    imageCount: whole,
    classNames: z.array(z.string()),
    groupNames: z.tuple([z.string(), z.string()]),
    sensitiveAttribute: z.string(),
    imageSetId: z.pipe(z.string(), z.transform(imageSetId)),
    manifestBytes: whole,
  }),
};

/** What a list shows of a dataset, by its manifest. */
export function datasetHeadOf(manifest: DatasetManifest): DatasetHead {
  const { id, name, createdAt, imageSize, classNames, groupNames, sensitiveAttribute, imageSetId: set } = manifest;
  const imageCount = manifest.imageIndices.length;
  return { id, name, createdAt, imageSize, imageCount, classNames, groupNames, sensitiveAttribute, imageSetId: set };
}

/**
 * Keeps the head of a dataset beside its manifest.
 *
 * @param manifestBytes of the manifest as it is stored
 * @throws LabError `quota-exceeded`, `storage-failed`
 */
export async function writeDatasetHead(
  store: FileStore,
  manifest: DatasetManifest,
  manifestBytes: number,
): Promise<void> {
  const { folder } = datasetPaths(manifest.id);
  await writeArtifact(store, folder, datasetHeadKind, { ...datasetHeadOf(manifest), manifestBytes });
}

/**
 * The stored head of a dataset; null when there is none, or it is damaged: then the manifest tells what it told.
 * @throws LabError `storage-failed`
 */
export async function readDatasetHead(store: FileStore, id: string): Promise<StoredDatasetHead | null> {
  try {
    return (await readHead(store, datasetPaths(id).folder, datasetHeadKind))?.content ?? null;
  } catch (error) {
    if (error instanceof LabError && error.code === 'artifact-damaged') return null;
    throw error;
  }
}
