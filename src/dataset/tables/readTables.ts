import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import { looksLikeTable } from '../../tables/looksLikeTable';
import { readTable } from '../../tables/readTable';
import type { Table } from '../../tables/table';
import type { DatasetFinding } from '../datasetFinding';
import { addTopCondition } from '../formats/addTopCondition';
import { createFindingLog } from '../import/findingLog';
import { isToolFile } from '../import/isToolFile';
import type { SortedFiles } from '../import/sortFiles';
import type { SourceFile } from '../import/sourceFile';
import { isNpz, readNpz } from '../npy/readNpz';
import { stackTables } from './stackTables';
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
  const isNamedTable = new Set(sorted.tables);
  const sources = [...sorted.tables, ...sorted.texts, ...sorted.arrays];
  for (const [index, source] of sources.entries()) {
    await context.breathe();
    await attempt(source, async () => {
      if (isNamedTable.has(source)) tables.push(await readSource(source, context));
      else if (isNpz(source.path)) {
        const archive = await readNpz(source);
        tables.push(archive.table);
        images.push(...archive.images);
      } else if (looksLikeTable(source.path, await readBytes(source, sniffedBytes))) {
        tables.push(await readSource(source, context));
      } else ignored.push(source.path);
    });
    context.report(index + 1, sources.length, 'tables');
  }
  for (const path of sorted.ignored.filter(isToolFile)) findings.note('tool-file', path);
  const derived = [tabulateNames(sorted.images), tabulateFolders(sorted.images)].filter((table) => table !== null);
  const all = [...stackTables(tables), ...derived];
  if (tables.length === 0 && failures.length > 0) throw failures[0]!;
  return { tables: all, images, ignored, findings: findings.list() };
}

const sniffedBytes = 65_536;

async function readSource(source: SourceFile, context: JobContext): Promise<Table> {
  return addTopCondition(await readTable(source.path, await readBytes(source), context));
}

async function readBytes(source: SourceFile, most?: number): Promise<Uint8Array> {
  const blob = await source.read();
  return new Uint8Array(await blob.slice(0, most ?? blob.size).arrayBuffer());
}
