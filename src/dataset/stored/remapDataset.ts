import type { FileStore } from '../../artifacts/fileStore';
import { openSealed } from '../../artifacts/sealedJson';
import type { DatasetId, ImageSetId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import type { ImageSetManifest } from '../images/imageSet/imageSet';
import { findImageSet } from '../images/imageSet/readImageSet';
import type { DatasetMapping } from '../mapping/datasetMapping';
import type { SplitSettings } from '../split/splitSettings';
import type { ImageRecords } from '../tables/imageRecords';
import type { DatasetManifest } from './dataset';
import { datasetPaths } from './datasetPaths';
import { requireManifest } from './openDataset';
import { parseRecords } from './recordsFile';
import { storeMapped } from './storeMapped';

/**
 * What the tables said of a stored dataset's images.
 * @throws LabError `dataset-not-found` when it has none (the demo is drawn, not mapped); `storage-failed`
 */
export async function readRecords(store: FileStore, id: DatasetId): Promise<ImageRecords> {
  const path = datasetPaths(id).records;
  const bytes = await store.read(path);
  if (bytes) return parseRecords(await openSealed(bytes, path), path);
  throw new LabError({
    code: 'dataset-not-found',
    message: `Dataset ${id} has no table to map from.`,
    hint: 'Only imported datasets can be mapped anew. Import it again when it is one.',
    details: { id },
  });
}

/** Images of a stored dataset's set that look the same, as positions in the set. */
export async function readDuplicateGroups(store: FileStore, id: DatasetId): Promise<number[][]> {
  const { imageSetId } = await requireManifest(store, id);
  return (await findImageSet(store, imageSetId))?.duplicateGroups ?? [];
}

/**
 * Maps the images of a stored dataset in another way, as a further dataset over the same pixels. The old one stays.
 * @throws LabError `dataset-not-found`, `in-use`, `storage-failed`, `quota-exceeded`, and what makes a mapping unusable
 */
export async function remapDataset(
  store: FileStore,
  {
    datasetId,
    name,
    mapping,
    split,
  }: { datasetId: DatasetId; name: string; mapping: DatasetMapping; split: SplitSettings },
): Promise<DatasetManifest> {
  const { ownership } = store;
  return ownership.share(`dataset/${datasetId}`, async () => {
    const { imageSetId, source } = await requireManifest(store, datasetId);
    return ownership.share(`image-set/${imageSetId}`, async () => {
      const imageSet = await requireImages(store, datasetId, imageSetId);
      const records = await readRecords(store, datasetId);
      return storeMapped(store, { name, source, imageSet, records, mapping, split });
    });
  });
}

async function requireImages(store: FileStore, datasetId: DatasetId, id: ImageSetId): Promise<ImageSetManifest> {
  const imageSet = await findImageSet(store, id);
  if (!imageSet) {
    throw new LabError({
      code: 'dataset-not-found',
      message: `The images of dataset ${datasetId} are not on this machine.`,
      hint: 'Import it again.',
      details: { id: datasetId },
    });
  }
  return imageSet;
}
