import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import type { DatasetManifest } from '../dataset';
import { findKnownDataset } from '../findKnownDataset';
import type { ImportMapping, SplitSettings } from '../importMapping';
import { completeManifest, makeDatasetId } from '../storeDataset';
import { writeDataset } from '../writeDataset';
import { describeSamples, noteSmallCells } from './describeSamples';
import { createImageFinder } from './findImage';
import { createFindingLog, type FindingLog } from './findingLog';
import { type ImportedImages, type ImportHost, importImages } from './importImages';
import { type LabelledImage, labelImages } from './labelImages';
import { noteDuplicates } from './noteDuplicates';
import { readTable, type Table } from './readTable';
import { type SortedFiles, sortFiles } from './sortFiles';
import type { GivenFile, SourceFile } from './sourceFile';

export interface ImportParams {
  name: string;
  files: readonly GivenFile[];
  mapping: ImportMapping;
  imageSize: number;
  split: SplitSettings;
}

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
  host: ImportHost,
  context: JobContext,
): Promise<DatasetManifest> {
  const { files, mapping, imageSize, split } = params;
  const sorted = await sortFiles(files);
  const table = await readTable(findTable(sorted, mapping.table));
  const findings = createFindingLog();
  const labelled = labelImages(table, mapping, sorted.images, findings);
  describeSamples(labelled, mapping, split);
  const images = await importImages(imagesWithRow(table, mapping, sorted), imageSize, host, context);
  try {
    return await describeImages(params, labelled, images, findings, host);
  } catch (error) {
    await images.undo();
    throw error;
  }
}

/** Every image that some row names, also where the mapping leaves that row out: it may be mapped otherwise later. */
function imagesWithRow(table: Table, { imageColumn }: ImportMapping, { images }: SortedFiles): SourceFile[] {
  const finder = createImageFinder(images);
  const column = table.columns.indexOf(imageColumn);
  const found = new Set(table.rows.map(({ cells }) => finder.find(cells[column]!)));
  return images.filter((image) => found.has(image));
}

/** Makes the dataset of images that are stored, or finds the one that is already there. */
async function describeImages(
  { name, files, mapping, imageSize, split }: ImportParams,
  labelled: readonly LabelledImage[],
  images: ImportedImages,
  findings: FindingLog,
  { store }: ImportHost,
): Promise<DatasetManifest> {
  const { indexOf, reasonOf, manifest: imageSet } = images;
  for (const [{ path }, reason] of reasonOf) findings.note('image-unreadable', `${path}: ${reason}`);
  const usable = labelled.filter(({ image }) => indexOf.has(image));
  const described = describeSamples(usable, mapping, split);
  const imageIndices = usable.map(({ image }) => indexOf.get(image)!);
  const groupNames: [string, string] = [mapping.group0Name, mapping.group1Name];
  const id = await makeDatasetId(
    JSON.stringify(['import', imageSize, described, groupNames, imageSet.id, imageIndices]),
  );
  const known = await findKnownDataset(store, id);
  if (known) return known;
  noteSmallCells(described, mapping, findings);
  noteDuplicates({ ...described, imageIndices }, imageSet.duplicateGroups, findings);
  const fields = {
    ...described,
    name,
    source: { kind: 'import' as const, files: files.map(({ path }) => path).slice(0, maxFileNames) },
    imageSize,
    groupNames,
    sensitiveAttribute: mapping.groupColumn,
    findings: findings.list(),
  };
  const manifest = await completeManifest(fields, { id, imageSetId: imageSet.id, imageIndices });
  await writeDataset(store, manifest);
  return manifest;
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
