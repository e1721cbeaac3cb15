import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GivenFile } from '../dataset/files/sourceFile';
import type { DatasetMapping } from '../dataset/mapping/datasetMapping';
import { previewMapping } from '../dataset/mapping/previewMapping';
import { defaultSplitSettings } from '../dataset/split/splitSettings';
import type { FilesSummary } from '../dataset/suggest/filesSummary';
import { inspectFiles } from '../dataset/suggest/inspectFiles';
import type { ImageRecords } from '../dataset/tables/imageRecords';
import { joinTables } from '../dataset/tables/joinTables';
import { createSilentContext } from '../foundation/createJobControl';
import { LabError } from '../foundation/labError';
import type { CaseRow } from './caseRow';
import { describeExpected, type ExpectedReading } from './expectedReadings';

/**
 * Reads every folder and zip in `data/` of a folder of cases, as `lab data import` does without a mapping and without
 * decoding any image, and compares what would be used with the reading expected.
 */
export async function checkDataCases(
  folder: string,
  expected: ReadonlyMap<string, ExpectedReading>,
): Promise<CaseRow[]> {
  const place = join(folder, 'data');
  if (!existsSync(place)) return [];
  const rows: CaseRow[] = [];
  for (const name of (await readdir(place)).toSorted()) {
    const file = `data/${name}`;
    const reading = expected.get(file);
    rows.push({ file, expected: describeExpected(reading), ...(await judge(join(place, name), reading)) });
  }
  return rows;
}

async function judge(path: string, expected: ExpectedReading | undefined): Promise<Pick<CaseRow, 'got' | 'verdict'>> {
  try {
    const { read, summary } = await inspectFiles(await listFiles(path), createSilentContext());
    if (!summary.suggestion) return { got: 'no table, and no folders that say anything', verdict: 'refused' };
    const records = joinTables(read.tables, summary.suggestion.join, read.images);
    return judgeRecords(summary, records, summary.suggestion.mapping, expected);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { got: `${error.code}: ${error.message}`, verdict: expected?.mustRead === true ? 'silent' : 'refused' };
  }
}

function judgeRecords(
  summary: FilesSummary,
  records: ImageRecords,
  mapping: DatasetMapping,
  expected: ExpectedReading | undefined,
): Pick<CaseRow, 'got' | 'verdict'> {
  const isWhole = !mapping.label.columns.includes('') && mapping.group.column !== '';
  const preview = isWhole ? previewMapping(records, mapping, defaultSplitSettings) : null;
  const classes = preview?.classNames ?? [];
  const { rows } = records;
  const joined = `${records.names.length} of ${records.givenCount} images have a row, ${rows.used} of ${rows.total} rows an image`;
  const said = [...summary.findings, ...(preview ?? records).findings]
    .map(({ kind, count, examples }) => `${kind} ${count} (${examples.slice(0, 2).join('; ')})`)
    .join(', ');
  const used = preview ? `; ${preview.images.used} used, classes ${classes.join(', ')}` : '; asks for the group column';
  const open = preview?.problem?.questions?.map(({ key }) => key).join(', ');
  const differences = expected ? compare(records, preview, expected) : [];
  const got = `${joined}${used}${open ? `; asks for ${open}` : ''}; ${said}${differences.map((each) => `; ${each}`).join('')}`;
  if (open !== undefined || !isWhole) return { got, verdict: 'asks' };
  return { got, verdict: differences.length > 0 ? 'silent' : expected ? 'equal' : 'unjudged' };
}

/** What differs from the reading expected, in words. */
function compare(
  records: ImageRecords,
  preview: ReturnType<typeof previewMapping> | null,
  expected: ExpectedReading,
): string[] {
  const lostRows = records.rows.leftOut.reduce((sum, { count }) => sum + count, 0);
  const lostImages = preview?.images.leftOut.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const used = preview ? preview.images.used : records.names.length;
  const checks: [string, boolean][] = [
    ['rows do not add up', records.rows.used + lostRows === records.rows.total],
    ['images do not add up', !preview || preview.images.used + lostImages === preview.images.total],
    ['rows', expected.rows === undefined || expected.rows === records.rows.total],
    ['used', expected.used === undefined || expected.used === used],
    ['classes', !expected.classes || !preview || expected.classes.join() === preview.classNames.join()],
  ];
  return checks.flatMap(([what, holds]) => (holds ? [] : [`differs: ${what}`]));
}

/** All files of a folder, with their paths in it; a file alone. */
async function listFiles(path: string): Promise<GivenFile[]> {
  if (!(await stat(path)).isDirectory()) return [await openFile(path, path.slice(path.lastIndexOf('/') + 1))];
  const names = (await readdir(path, { recursive: true })).toSorted();
  const files: GivenFile[] = [];
  for (const name of names) {
    const full = join(path, name);
    if (!(await stat(full)).isDirectory()) files.push(await openFile(full, name.replaceAll('\\', '/')));
  }
  return files;
}

async function openFile(path: string, name: string): Promise<GivenFile> {
  return { path: name, file: new Blob([new Uint8Array(await readFile(path))]) };
}
