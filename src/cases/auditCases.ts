import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PredictionsFile, readPredictions } from '../fairness/predictions/readPredictions';
import { LabError } from '../foundation/labError';
import type { Answers } from '../foundation/openQuestion';
import { readTableAtOnce } from '../tables/readTable';
import type { CaseRow } from './caseRow';
import { describeExpected, type ExpectedReading } from './expectedReadings';

const tolerance = 1e-9;

/**
 * Reads every table of predictions in `audit/` of a folder of cases, as `lab audit FILE` does without further words, and
 * compares it with the reading expected. One that leaves something open is read once more with the usual answers.
 */
export async function checkAuditCases(
  folder: string,
  expected: ReadonlyMap<string, ExpectedReading>,
): Promise<CaseRow[]> {
  const place = join(folder, 'audit');
  if (!existsSync(place)) return [];
  const rows: CaseRow[] = [];
  for (const name of (await readdir(place)).toSorted()) {
    const file = `audit/${name}`;
    const bytes = new Uint8Array(await readFile(join(place, name)));
    rows.push({ file, expected: describeExpected(expected.get(file)), ...judge(file, bytes, expected.get(file)) });
  }
  return rows;
}

function judge(
  file: string,
  bytes: Uint8Array,
  expected: ExpectedReading | undefined,
): Pick<CaseRow, 'got' | 'verdict'> {
  const read = tryReading(file, bytes);
  if (!(read instanceof LabError)) {
    const differences = expected ? compare(read, expected) : [];
    const got = `${describe(read)}${differences.map((difference) => `; ${difference}`).join('')}`;
    return { got, verdict: differences.length > 0 ? 'silent' : expected ? 'equal' : 'unjudged' };
  }
  if (read.code !== 'needs-answers') {
    const isEnough = expected?.mustRead !== true;
    return { got: `${read.code}: ${read.message}`, verdict: isEnough ? 'refused' : 'silent' };
  }
  const keys = read.questions!.map(({ key }) => key).join(', ');
  const usual = tryReading(file, bytes, 'usual');
  const then = usual instanceof LabError ? `then ${usual.code}: ${usual.message}` : `then ${describe(usual)}`;
  const differences = usual instanceof LabError || !expected ? [] : compare(usual, expected);
  return { got: `asks for ${keys}; ${then}${differences.map((each) => `; ${each}`).join('')}`, verdict: 'asks' };
}

/** @returns what was read, or the refusal */
function tryReading(file: string, bytes: Uint8Array, answers?: Answers): PredictionsFile | LabError {
  try {
    return readPredictions(readTableAtOnce(file, bytes), { answers });
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
}

/** What differs from the reading expected, in words. */
function compare(read: PredictionsFile, expected: ExpectedReading): string[] {
  const { rows, model } = read;
  const { labels, classNames } = model;
  const lost = rows.leftOut.reduce((sum, { count }) => sum + count, 0);
  const accuracy = expected.accuracy ?? expected.accuracyAtHalf;
  const checks: [string, boolean][] = [
    ['rows do not add up', rows.used + lost === rows.total],
    ['rows', expected.rows === undefined || expected.rows === rows.total],
    ['samples', expected.samples === undefined || expected.samples === labels.length],
    ['left out', expected.leftOut === undefined || expected.leftOut === lost],
    ['classes', expected.classes === undefined || sameTexts(expected.classes, classNames)],
    ['accuracy', accuracy === undefined || Math.abs(accuracy - accuracyOf(read)) < tolerance],
    ['groups', expected.groups === undefined || sameCounts(Object.values(expected.groups), groupCounts(read))],
    ['nothing is said of it', expected.finding === undefined || read.findings.length > 0],
    ['it should be refused', expected.mustBe === undefined],
  ];
  return checks.flatMap(([what, holds]) => (holds ? [] : [`differs: ${what}`]));
}

function describe(read: PredictionsFile): string {
  const { rows, model, findings } = read;
  const { classNames, attributes } = model;
  const { groupNames } = attributes[0]!;
  const groups = groupNames.map((name, group) => `${name} ${groupCounts(read)[group]}`).join(', ');
  const said = findings.map(({ kind, count }) => `${kind} ${count}`).join(', ');
  return `${rows.used} of ${rows.total} rows, classes ${classNames.join(', ')}, accuracy ${accuracyOf(read)}, groups ${groups}${said ? `, findings: ${said}` : ''}`;
}

function accuracyOf({ model: { labels, predicted } }: PredictionsFile): number {
  return Array.from(labels).filter((label, index) => label === predicted[index]).length / labels.length;
}

function groupCounts({ model }: PredictionsFile): number[] {
  const { groups, groupNames } = model.attributes[0]!;
  return groupNames.map((_, group) => Array.from(groups).filter((each) => each === group).length);
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  const sorted = (texts: readonly string[]) => JSON.stringify(texts.map((text) => text.toLowerCase()).toSorted());
  return sorted(a) === sorted(b);
}

function sameCounts(a: readonly number[], b: readonly number[]): boolean {
  return JSON.stringify(a.toSorted((x, y) => x - y)) === JSON.stringify(b.toSorted((x, y) => x - y));
}
