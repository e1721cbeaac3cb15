import type { ImageFit } from '../../foundation/imageFit';
import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import { workInSteps } from '../../foundation/workInSteps';
import type { GivenFile, SourceFile } from '../files/sourceFile';
import { createFindingLog } from '../findings/datasetFinding';
import { type ImportedImages, type ImportHost, importImages } from '../images/importImages';
import { applyMapping } from '../mapping/applyMapping';
import type { DatasetMapping } from '../mapping/datasetMapping';
import { requireUsable } from '../mapping/requireUsable';
import type { SplitSettings } from '../split/splitSettings';
import { type ImageRecords, placeRecords } from '../tables/imageRecords';
import type { JoinPlan } from '../tables/joinPlan';
import { recordSteps } from '../tables/joinTables';
import { readTables } from '../tables/readTables';
import type { DatasetManifest } from './dataset';
import { storeMapped } from './storeMapped';

export interface ImportParams {
  name: string;
  files: readonly GivenFile[];
  join: JoinPlan;
  mapping: DatasetMapping;
  imageSize: number;
  /** How images of other shapes become squares; squeezed when left out. */
  imageFit?: ImageFit;
  split: SplitSettings;
}

/** What the tables of some files say of their images. */
export interface FileRecords {
  images: readonly SourceFile[];
  records: ImageRecords;
}

/**
 * Imports a labelled set of images: joins tables and images, decodes every image that has a row, also where the mapping
 * leaves it out, and stores images, records and the mapped samples. What cannot be used is left out and named in the
 * manifest's findings. A set that was imported before, with the same settings, is recognised by its content and returned
 * as it is stored.
 *
 * @param known what was read of the very same files before, so that no table is read and joined twice
 * @throws LabError `no-images-found`, `no-table-found`, `zip-unreadable`, `table-unreadable`, `column-missing`,
 * `value-not-mapped`, `too-few-classes`, `group-too-small`, `image-unreadable` (all of them), `quota-exceeded`,
 * `storage-failed`, `in-use`, `cancelled`; nothing half stays behind
 */
export async function importFiles(
  params: ImportParams,
  host: ImportHost,
  context: JobContext,
  known: FileRecords | null = null,
): Promise<DatasetManifest> {
  const { name, files, mapping, imageSize, imageFit, split } = params;
  const { images, records } = known ?? (await joinFiles(params, context.part('Reading tables', 0, 0.01)));
  if (images.length === 0) throw noImages();
  // A mapping that cannot be used is refused before anything is decoded.
  requireUsable(applyMapping(records, mapping, split), mapping, split);
  const sources = records.imageIndices.map((index) => images[index]!);
  return importImages(sources, { imageSize, imageFit }, host, context, (imported) =>
    storeMapped(host.store, {
      name,
      source: { kind: 'import', files: files.map(({ path }) => path).slice(0, maxFileNames) },
      imageSet: imported.manifest,
      records: placeImported(records, images, imported),
      mapping,
      split,
    }),
  );
}

async function joinFiles({ files, join }: ImportParams, context: JobContext): Promise<FileRecords> {
  const read = await readTables(files, context);
  if (read.images.length === 0) throw noImages();
  return { images: read.images, records: await workInSteps(recordSteps(read, join), context) };
}

/** A folder of many thousands of images is told by its first few. */
const maxFileNames = 20;

/** The records of the images that could be read, in their places; the others are noted with the reason. */
function placeImported(
  records: ImageRecords,
  images: readonly SourceFile[],
  { indexOf, reasonOf, animated }: ImportedImages,
): ImageRecords {
  const noticed = createFindingLog();
  for (const [{ path }, reason] of reasonOf) noticed.note('image-unreadable', `${path}: ${reason}`);
  for (const image of animated) if (indexOf.has(image)) noticed.note('first-picture', image.path);
  const placed = placeRecords(records, (index) => indexOf.get(images[index]!));
  return { ...placed, findings: [...records.findings, ...noticed.list()] };
}

function noImages(): LabError {
  return new LabError({
    code: 'no-images-found',
    message: 'There is no image among these files.',
    hint: 'Drop the folder or zip that holds the JPEG, PNG or WebP images together with their table.',
  });
}
