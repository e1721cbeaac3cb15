import { createBreather } from '../../foundation/createBreather';
import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import { looksLikeTable } from '../../tables/looksLikeTable';
import { readTable } from '../../tables/readTable';
import type { Table } from '../../tables/table';
import { beyondTableLimit, smallTableBytes, tableLimits } from '../../tables/tableLimits';
import { importLimits } from '../files/importLimits';
import { isToolFile } from '../files/isToolFile';
import { sortFiles } from '../files/sortFiles';
import type { GivenFile, SourceFile } from '../files/sourceFile';
import { createFindingLog, type DatasetFinding } from '../findings/datasetFinding';
import { addTopCondition } from './addTopCondition';
import { isNpz, readNpz } from './readNpz';
import { stackTables } from './stackTables';
import { tabulateFolders, tabulateNames } from './tabulatePaths';

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
 * Sorts what the user gave, reads all tables, and makes tables of what folders, file names and NumPy archives say. A table that cannot be read is
 * noted, and the others are used.
 *
 * @throws LabError of the first table when none can be read; `zip-unreadable`, `cancelled`
 */
export async function readTables(files: readonly GivenFile[], context: JobContext): Promise<ReadTables> {
  const sorted = await sortFiles(files);
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
  let tableBytes = 0;
  const breather = createBreather(context);
  const isNamedTable = new Set(sorted.tables);
  const sources = [...sorted.tables, ...sorted.texts, ...sorted.arrays];
  for (const [index, source] of sources.entries()) {
    await breather.breathe();
    await attempt(source, async () => {
      if (isNpz(source.path)) {
        const archive = await readNpz(source);
        tables.push(archive.table);
        for (const image of archive.images) images.push(image);
        return;
      }
      const isNamed = isNamedTable.has(source);
      if (isNamed) refuseLarge(source);
      else if (isLarge(source)) return void ignored.push(source.path);
      const blob = await source.read();
      if (!isNamed && !looksLikeTable(source.path, await bytesOf(blob.slice(0, sniffedBytes)))) {
        return void ignored.push(source.path);
      }
      tableBytes += blob.size;
      if (tables.length >= importLimits.tables || tableBytes > importLimits.tableBytes) throw tooMany(source);
      tables.push(addTopCondition(await readTable(source.path, await bytesOf(blob), context)));
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

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** Unpacked bytes for each packed one, of a table that is large. */
function packing({ sizeBytes, packedBytes }: SourceFile): number {
  return packedBytes === undefined || sizeBytes <= smallTableBytes ? 1 : sizeBytes / Math.max(1, packedBytes);
}

function isLarge(source: SourceFile): boolean {
  return source.sizeBytes > tableLimits.bytes || packing(source) > tableLimits.packing;
}

/** Refuses a table before it is unpacked. */
function refuseLarge(source: SourceFile): void {
  const { path, sizeBytes } = source;
  if (sizeBytes > tableLimits.bytes) throw beyondTableLimit(path, 'bytes', sizeBytes);
  if (packing(source) > tableLimits.packing) throw beyondTableLimit(path, 'packing', packing(source));
}

function tooMany({ path }: SourceFile): LabError {
  const [tables, bytes] = [importLimits.tables, importLimits.tableBytes].map((limit) => limit.toLocaleString('en-GB'));
  return new LabError({
    code: 'table-unreadable',
    message: `${path} is not read: with it there are more than ${tables} tables, or more than ${bytes} bytes in them.`,
    hint: 'Give only the tables that say something about the images.',
    details: { file: path, tables: importLimits.tables, bytes: importLimits.tableBytes },
  });
}
