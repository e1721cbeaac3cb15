import type { FileStore } from '../../artifacts/fileStore';
import { createFindingLog } from '../findings/datasetFinding';
import type { ImageSetManifest } from '../images/imageSet/imageSet';
import { applyMapping } from '../mapping/applyMapping';
import type { DatasetMapping } from '../mapping/datasetMapping';
import type { MappedSamples } from '../mapping/mappedSamples';
import { requireUsable } from '../mapping/requireUsable';
import { tallyImages } from '../mapping/tallyImages';
import type { SplitSettings } from '../split/splitSettings';
import type { ImageRecords } from '../tables/imageRecords';
import type { DatasetManifest } from './dataset';
import { recordsFileName } from './datasetPaths';
import { noteDuplicates } from './describeDuplicates';
import { findKnownDataset } from './readManifest';
import { encodeRecords } from './recordsFile';
import { completeManifest, makeDatasetId } from './storeDataset';
import { writeDataset } from './writeDataset';

/** Stored images, what the tables say of them, and how to make samples of that. */
export interface MappedSource {
  name: string;
  source: DatasetManifest['source'];
  imageSet: Pick<ImageSetManifest, 'id' | 'imageSize' | 'imageFit' | 'decoder' | 'duplicateGroups'>;
  /** Placed in the image set. */
  records: ImageRecords;
  mapping: DatasetMapping;
  split: SplitSettings;
}

/**
 * Makes a dataset of stored images by a mapping and keeps it, with the records, so that it can be mapped anew. The same
 * samples of the same images are the same dataset, which is returned as it is stored.
 *
 * @throws LabError as {@link applyMapping} and {@link requireUsable} do; `quota-exceeded`, `storage-failed`
 */
export async function storeMapped(store: FileStore, mapped: MappedSource): Promise<DatasetManifest> {
  const { name, source, imageSet, records, mapping, split } = mapped;
  const samples = applyMapping(records, mapping, split, imageSet.duplicateGroups);
  requireUsable(samples, mapping, split);
  const { classNames, groupNames, imageIndices, names, labels, groups, splits, clusters } = samples;
  const content = { classNames, groupNames, samples: { names, labels, groups, splits, clusters } };
  const id = await makeDatasetId(JSON.stringify(['import', imageSet.id, imageIndices, content]));
  const known = await findKnownDataset(store, id);
  if (known) return known;
  const duplicates = createFindingLog();
  noteDuplicates({ ...content, imageIndices }, imageSet.duplicateGroups, duplicates);
  const fields = {
    ...content,
    name,
    source,
    imageSize: imageSet.imageSize,
    ...(imageSet.imageFit && { imageFit: imageSet.imageFit }),
    ...(imageSet.decoder !== undefined && { decoder: imageSet.decoder }),
    sensitiveAttribute: mapping.group.column,
    findings: [...records.findings, ...samples.findings, ...duplicates.list()],
    mapping: {
      join: records.join,
      mapping: withAnswers(mapping, samples.answered),
      split,
      rows: records.rows,
      images: tallyImages(records.givenCount, records.findings, samples.images),
      unknownGroupCount: samples.unknownGroupCount,
    },
  };
  const manifest = await completeManifest(fields, { id, imageSetId: imageSet.id, imageIndices });
  await writeDataset(store, manifest, { [recordsFileName]: await encodeRecords(records) });
  return manifest;
}

/** The mapping with the answers that were used, each by its key: `usual` means something else for other files. */
function withAnswers(mapping: DatasetMapping, answered: MappedSamples['answered']): DatasetMapping {
  const { answers: _, ...rest } = mapping;
  if (answered.length === 0) return rest;
  return { ...rest, answers: Object.fromEntries(answered.map(({ key, value }) => [key, value])) };
}
