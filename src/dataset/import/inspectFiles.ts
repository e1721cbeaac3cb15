import type { JobContext } from '../../foundation/jobContext';
import type { FilesSummary } from '../importMapping';
import { imageStem } from './imageStem';
import { readTable, type Table } from './readTable';
import { sortFiles } from './sortFiles';
import type { GivenFile } from './sourceFile';
import { suggestMapping } from './suggestMapping';
import { summariseTable } from './summariseTable';

const maxExamples = 5;

/**
 * Says what files hold before any image is decoded: images, tables with their columns, and a mapping to start from.
 * @throws LabError `zip-unreadable`, `table-unreadable`, `cancelled`
 */
export async function inspectFiles(files: readonly GivenFile[], context: JobContext): Promise<FilesSummary> {
  const { images, tables: tableFiles, ignored } = await sortFiles(files);
  const tables: Table[] = [];
  for (const [index, file] of tableFiles.entries()) {
    await context.breathe();
    tables.push(await readTable(file));
    context.report(index + 1, tableFiles.length, 'tables');
  }
  return {
    imageCount: images.length,
    imageExamples: images.slice(0, maxExamples).map(({ path }) => path),
    tables: tables.map(summariseTable),
    suggestion: suggestMapping(tables, new Set(images.map(({ path }) => imageStem(path)))),
    ignoredFiles: ignored,
  };
}
