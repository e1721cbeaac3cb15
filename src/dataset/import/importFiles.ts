import type { FileStore } from '../../foundation/fileStore';
import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import { createDatasetWriter } from '../createDatasetWriter';
import type { DatasetManifest } from '../dataset';
import type { DecodeImage } from '../decodeImage';
import { findKnownDataset } from '../findKnownDataset';
import type { ImportMapping, SplitSettings } from '../splitSettings';
import { completeManifest, makeDatasetId } from '../storeDataset';
import { decodeInto } from './decodeInto';
import { describeSamples, noteSmallCells } from './describeSamples';
import { createFindingLog } from './findingLog';
import { fingerprintImages } from './fingerprintImages';
import { labelImages } from './labelImages';
import { readTable } from './readTable';
import { type SortedFiles, sortFiles } from './sortFiles';
import type { GivenFile, SourceFile } from './sourceFile';

export interface ImportParams {
  name: string;
  files: readonly GivenFile[];
  mapping: ImportMapping;
  imageSize: number;
  split: SplitSettings;
}

/** What importing needs from outside. */
export interface ImportHost {
  store: FileStore;
  decodeImage: DecodeImage;
}

/** Share of the progress at which reading ends and decoding begins. */
const decodingFrom = 0.1;

/**
 * Imports a labelled set of images: joins table and images, splits, decodes, and stores. What cannot be used is left out
 * and named in the manifest's findings. A set that was imported before, with the same settings, is recognised by its
 * content and returned as it is stored.
 *
 * @throws LabError `no-images-found`, `no-table-found`, `zip-unreadable`, `table-unreadable`, `column-missing`,
 * `value-not-mapped`, `too-few-classes`, `group-too-small`, `image-unreadable` (all of them), `quota-exceeded`,
 * `storage-failed`, `cancelled`; nothing half stays behind
 */
export async function importFiles(
  params: ImportParams,
  { store, decodeImage }: ImportHost,
  context: JobContext,
): Promise<DatasetManifest> {
  const { name, files, mapping, imageSize, split } = params;
  const sorted = await sortFiles(files);
  const table = await readTable(findTable(sorted, mapping.table));
  const findings = createFindingLog();
  const labelled = labelImages(table, mapping, sorted.images, findings);
  const planned = describeSamples(labelled, mapping, split);
  const groupNames: [string, string] = [mapping.group0Name, mapping.group1Name];

  const reading = context.part('Reading images', 0, decodingFrom);
  const fingerprints = await fingerprintImages(
    labelled.map(({ image }) => image),
    reading,
  );
  const id = await makeDatasetId(JSON.stringify(['import', imageSize, planned, groupNames, fingerprints]));
  const known = await findKnownDataset(store, id);
  if (known) return known;

  const writer = await createDatasetWriter(store, id);
  try {
    const decoding = context.part('Decoding images', decodingFrom, 1);
    const written = await decodeInto(writer, labelled, imageSize, decodeImage, findings, decoding);
    const described = written.length === labelled.length ? planned : describeSamples(written, mapping, split);
    noteSmallCells(described, mapping, findings);
    const fields = {
      ...described,
      name,
      source: { kind: 'import' as const, files: files.map(({ path }) => path).slice(0, maxFileNames) },
      imageSize,
      groupNames,
      sensitiveAttribute: mapping.groupColumn,
      findings: findings.list(),
    };
    const manifest = await completeManifest(fields, id);
    await writer.finish(manifest);
    return manifest;
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** A folder of many thousands of images is told by its first few. */
const maxFileNames = 20;

/** @throws LabError `no-images-found`, `no-table-found` */
function findTable({ images, tables }: SortedFiles, path: string): SourceFile {
  if (images.length === 0) {
    throw new LabError({
      code: 'no-images-found',
      message: 'There is no image among these files.',
      hint: 'Drop the folder or zip that holds the JPEG, PNG or WebP images together with their table.',
    });
  }
  const table = tables.find((candidate) => candidate.path === path);
  if (!table) {
    const names = tables.map((candidate) => candidate.path).join(', ');
    throw new LabError({
      code: 'no-table-found',
      message: names
        ? `There is no table ${path} among these files. There is: ${names}.`
        : 'There is no CSV or TSV among these files.',
      hint: 'Drop the table that names each image, its label and its group together with the images.',
      details: { table: path },
    });
  }
  return table;
}
