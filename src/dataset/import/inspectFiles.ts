import type { JobContext } from '../../foundation/jobContext';
import type { FilesSummary, FormatSummary } from '../filesSummary';
import { checkKnownTotals } from '../formats/checkKnownTotals';
import type { DatasetFormat } from '../formats/datasetFormat';
import { isPredictionTable } from '../formats/isPredictionTable';
import { recogniseFormat } from '../formats/recogniseFormat';
import { notChosen, suggestJoin } from '../mapping/suggestJoin';
import { offeredOptions, suggestMapping } from '../mapping/suggestMapping';
import { joinTables } from '../tables/joinTables';
import { type ReadTables, readTables } from '../tables/readTables';
import { summariseTable } from '../tables/summariseTable';
import { createFindingLog } from './findingLog';
import { imageStem } from './imageStem';
import { sortFiles } from './sortFiles';
import type { GivenFile } from './sourceFile';

const maxExamples = 5;

/** What was read, for previews, and what to say of it. */
export interface Inspection {
  read: ReadTables;
  summary: FilesSummary;
}

/**
 * Says what files hold before any image is decoded: images, tables with their columns, the known set that they are of,
 * and a join and a mapping to start from.
 * @throws LabError `zip-unreadable`, `table-unreadable`, `cancelled`
 */
export async function inspectFiles(files: readonly GivenFile[], context: JobContext): Promise<Inspection> {
  const read = await readTables(await sortFiles(files), context);
  const { images, tables, ignored } = read;
  const format = recogniseFormat(tables);
  const findings = createFindingLog();
  if (format) checkKnownTotals(tables, format, findings);
  const predictionTables = images.length === 0 ? tables.filter(isPredictionTable).map(({ file }) => file) : [];
  return {
    read,
    summary: {
      imageCount: images.length,
      imageExamples: images.slice(0, maxExamples).map(({ path }) => path),
      tables: tables.map(summariseTable),
      format: format && summariseFormat(format, read),
      predictionTables,
      suggestion: suggest(read, format),
      ignoredFiles: ignored,
      findings: [...read.findings, ...findings.list()],
    },
  };
}

function suggest({ tables, images }: ReadTables, format: DatasetFormat | null): FilesSummary['suggestion'] {
  const join = suggestJoin(tables, new Set(images.map(({ path }) => imageStem(path))), format);
  if (!join) return null;
  if (join.imageColumns.includes(notChosen)) {
    // Nothing names an image: the columns of the first table are offered, and the user says which one does.
    const first = tables.find(({ file }) => file === join.table)!;
    const rows = { ...join, imageColumns: [first.columns[0]!.name], joins: [] };
    return { join, mapping: suggestMapping(joinTables(tables, rows, []), format, []) };
  }
  return { join, mapping: suggestMapping(joinTables(tables, join, images), format, join.imageColumns) };
}

function summariseFormat(format: DatasetFormat, { tables }: ReadTables): FormatSummary {
  const names = [...new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  const { labels, groups } = offeredOptions(format, names);
  return { name: format.name, notes: format.notes, confirm: format.confirm ?? null, labels, groups };
}
