import { createBreather } from '../../foundation/createBreather';
import { isUndecodedImage } from '../../foundation/imageKinds';
import type { JobContext } from '../../foundation/jobContext';
import { workInSteps } from '../../foundation/workInSteps';
import { findColumn, type Table } from '../../tables/table';
import type { GivenFile } from '../files/sourceFile';
import { createFindingLog } from '../findings/datasetFinding';
import { checkKnownTotals } from '../formats/checkKnownTotals';
import type { DatasetFormat } from '../formats/datasetFormat';
import { recogniseFormat } from '../formats/datasetFormats';
import { createImageFinder } from '../tables/findImage';
import type { ImageRecords } from '../tables/imageRecords';
import { imagePath } from '../tables/imageStem';
import type { JoinPlan } from '../tables/joinPlan';
import { joinSteps, recordSteps } from '../tables/joinTables';
import { type ReadTables, readTables } from '../tables/readTables';
import { countValues, summariseColumn } from '../tables/summariseColumn';
import type { FilesSummary, FormatSummary } from './filesSummary';
import { notChosen, suggestJoin } from './suggestJoin';
import { offeredOptions, suggestMapping } from './suggestMapping';

const maxExamples = 5;
/** Enough to know what a column holds. */
const rowsLookedAt = 100_000;

/** What was read, for previews, and what to say of it. */
export interface Inspection {
  read: ReadTables;
  summary: FilesSummary;
  /** The records of the suggested join, where there is one. */
  joined: ImageRecords | null;
}

/**
 * Says what files hold before any image is decoded: images, tables with their columns, the known set that they are of,
 * and a join and a mapping to start from.
 * @throws LabError `zip-unreadable`, `table-unreadable`, `cancelled`
 */
export async function inspectFiles(files: readonly GivenFile[], context: JobContext): Promise<Inspection> {
  const read = await readTables(files, context);
  const { images, tables, ignored } = read;
  const format = recogniseFormat(tables);
  const findings = createFindingLog();
  if (format) checkKnownTotals(tables, format, findings);
  for (const { path } of images) if (isUndecodedImage(path)) findings.note('image-kind-unread', path);
  const { suggestion, joined } = await suggest(read, format, context);
  const predictionTables = images.length === 0 ? tables.filter(isPredictionTable).map(({ file }) => file) : [];
  return {
    read,
    summary: {
      imageCount: images.length,
      imageExamples: images.slice(0, maxExamples).map(({ path }) => path),
      tables: await summarise(tables, context),
      format: format && summariseFormat(format, read),
      predictionTables,
      suggestion,
      ignoredFiles: ignored,
      findings: [...read.findings, ...findings.list()],
    },
    joined,
  };
}

async function summarise(tables: readonly Table[], context: JobContext): Promise<FilesSummary['tables']> {
  const breather = createBreather(context);
  const summaries: FilesSummary['tables'] = [];
  for (const { file, rowCount, columns } of tables) {
    const summary: FilesSummary['tables'][number] = { file, rowCount, columns: [] };
    for (const column of columns) {
      await breather.breathe();
      summary.columns.push(summariseColumn(column));
    }
    summaries.push(summary);
  }
  return summaries;
}

async function suggest(
  read: ReadTables,
  format: DatasetFormat | null,
  context: JobContext,
): Promise<{ suggestion: FilesSummary['suggestion']; joined: ImageRecords | null }> {
  const { tables, images } = read;
  const finder = createImageFinder(images);
  const join = suggestJoin(tables, (text) => finder.find(text).image !== null, format);
  if (!join) return { suggestion: null, joined: null };
  const records = await workInSteps(joinSteps(tables, ...everyRow(tables, join)), context);
  const isWhole = images.length > 0 && !join.imageColumns.includes(notChosen);
  const joined = isWhole ? await workInSteps(recordSteps(read, join), context) : null;
  const isVaried = (name: string) => joined === null || joined.names.length < 2 || holdsSeveral(joined, name);
  return { suggestion: { join, mapping: suggestMapping(records, format, join.imageColumns, isVaried) }, joined };
}

/** Whether the images that were given have several values in a column, and not one alone. */
function holdsSeveral({ columns }: ImageRecords, name: string): boolean {
  const column = columns.find((each) => each.name === name);
  return column !== undefined && countValues(column).size > 1;
}

/**
 * The join as if every image that a row names were there: what a column holds does not depend on which images were given.
 * Where nothing names an image, the rows themselves stand for images, and the user says which column does.
 */
function everyRow(tables: readonly Table[], join: JoinPlan): [JoinPlan, { path: string }[]] {
  const table = tables.find(({ file }) => file === join.table)!;
  const isChosen = !join.imageColumns.includes(notChosen);
  const columns = isChosen ? join.imageColumns.flatMap((name) => findColumn(table, name) ?? []) : [table.columns[0]!];
  const paths = new Set(
    columns.flatMap(({ values }) =>
      values
        .slice(0, rowsLookedAt)
        .filter((value) => value !== '')
        .map(imagePath),
    ),
  );
  const plan = isChosen ? join : { ...join, imageColumns: [table.columns[0]!.name], joins: [] };
  return [plan, [...paths].map((path) => ({ path }))];
}

function summariseFormat(format: DatasetFormat, { tables }: ReadTables): FormatSummary {
  const names = [...new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  const { labels, groups } = offeredOptions(format, names);
  return { name: format.name, notes: format.notes, confirm: format.confirm ?? null, labels, groups };
}

const predictionNames = /^(prediction|predicted|predicted_label|y_pred|pred|score)$/i;
const labelNames = /^(label|label_value|y_true|target|true_label)$/i;

/** Whether a table holds predictions of some model beside the true labels, so that it can be audited without images. */
function isPredictionTable({ columns }: Pick<Table, 'columns'>): boolean {
  const has = (pattern: RegExp) => columns.some(({ name }) => pattern.test(name));
  return has(predictionNames) && has(labelNames);
}
