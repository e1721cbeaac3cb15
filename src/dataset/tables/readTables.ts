import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import type { DatasetFinding } from '../datasetFinding';
import { addTopCondition } from '../formats/addTopCondition';
import { createFindingLog } from '../import/findingLog';
import type { SortedFiles } from '../import/sortFiles';
import type { SourceFile } from '../import/sourceFile';
import { isNpz, readNpz } from '../npy/readNpz';
import { looksSpaced, readSpacedTable } from './readSpacedTable';
import { readTable } from './readTable';
import { stackTables } from './stackTables';
import type { Table } from './table';
import { tabulateFolders } from './tabulateFolders';
import { tabulateNames } from './tabulateNames';

/** Everything that says something about images, and all images: also those inside NumPy archives. */
export interface ReadTables {
  tables: Table[];
  images: SourceFile[];
  /** Paths that were neither. */
  ignored: string[];
  /** Tables that could not be read. */
  findings: DatasetFinding[];
}

/**
 * Reads all tables, and makes tables of what folders, file names and NumPy archives say. A table that cannot be read is
 * noted, and the others are used.
 *
 * @throws LabError of the first table when none can be read; `cancelled`
 */
export async function readTables(sorted: SortedFiles, context: JobContext): Promise<ReadTables> {
  const findings = createFindingLog();
  const failures: LabError[] = [];
  const tables: Table[] = [];
  const images = [...sorted.images];
  const ignored = [...sorted.ignored];
  const attempt = async (source: SourceFile, read: () => Promise<void>) => {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof LabError) || error.code === 'cancelled') throw error;
      failures.push(error);
      findings.note('table-unreadable', `${source.path}: ${error.message}`);
    }
  };
  const sources = [...sorted.tables, ...sorted.texts, ...sorted.arrays];
  for (const [index, source] of sources.entries()) {
    await context.breathe();
    await attempt(source, async () => {
      if (sorted.tables.includes(source)) tables.push(addTopCondition(await readTable(source)));
      else if (isNpz(source.path)) {
        const archive = await readNpz(source);
        tables.push(archive.table);
        images.push(...archive.images);
      } else if (await looksSpaced(source)) tables.push(await readSpacedTable(source));
      else ignored.push(source.path);
    });
    context.report(index + 1, sources.length, 'tables');
  }
  const derived = [tabulateNames(sorted.images), tabulateFolders(sorted.images)].filter((table) => table !== null);
  const all = [...stackTables(tables), ...derived];
  if (tables.length === 0 && failures.length > 0) throw failures[0]!;
  return { tables: all, images, ignored, findings: findings.list() };
}
