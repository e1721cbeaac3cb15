import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LabError } from '../../foundation/labError';
import { parseRunRecord } from '../../recipe/parseRunRecord';
import type { RunRecord } from '../../recipe/runRecord';
import type { LabConfig } from '../labConfig';
import { isDemo } from '../loadInputs';
import { prepareRun, type RunInputs, type RunLine } from '../prepareRun';
import { readInput } from '../readInput';
import { runInto } from '../runInto';
import { makeOutputFolder, writeOutput } from '../writeOutput';
import { seedsSettingsName } from './seedsSettingsName';
import { seedTablesCsv, seedTablesText } from './seedTables';
import { summariseSeedRuns } from './summariseSeedRuns';

/**
 * One run per seed, each in a folder of its own, all on the same data and from the same unpruned model; then the table over
 * seeds. Seeds that finished before are taken as they are, so that the same command goes on after an interruption, and a
 * command with more seeds adds them.
 *
 * @throws LabError `config-invalid` when the folder holds seeds of other settings, data or another model
 */
export async function runSeeds(line: RunLine, config: LabConfig, seeds: readonly number[]): Promise<void> {
  const { flags, output } = line;
  await claimFolder(flags.out, { data: isDemo(flags.data) ? 'demo' : resolve(flags.data!), config });
  const records = new Map<number, RunRecord>();
  for (const seed of seeds) {
    const finished = await readFinished(seedFolder(flags.out, seed));
    if (finished) records.set(seed, finished);
  }
  const open = seeds.filter((seed) => !records.has(seed));
  if (records.size > 0) output.text(`Seeds finished before: ${list(records)}.`);
  const [earlier] = records;
  const inputs =
    open.length > 0
      ? await prepareRun(line, config, earlier && { folder: seedFolder(flags.out, earlier[0]), record: earlier[1] })
      : null;
  for (const record of records.values()) if (inputs) requireSame(record, inputs, flags.out);
  for (const seed of inputs ? open : []) {
    output.text(`Seed ${seed}, ${seeds.indexOf(seed) + 1} of ${seeds.length}.`);
    const seeded = { ...config, run: { ...config.run, seed } };
    const record = await runInto(line, inputs!, seeded, seedFolder(flags.out, seed)).catch((error: unknown) => {
      if (records.size > 0)
        output.text(`Seeds finished so far: ${list(records)}. The same command goes on after them.`);
      throw error;
    });
    records.set(seed, record);
    output.event({ kind: 'runRecord', record });
  }
  await writeSummary(
    line,
    seeds.map((seed) => records.get(seed)!),
  );
}

async function writeSummary({ flags, output }: RunLine, runs: readonly RunRecord[]): Promise<void> {
  const summary = summariseSeedRuns(runs);
  const text = seedTablesText(summary);
  await writeOutput(flags.out, 'seeds.json', `${JSON.stringify(summary, null, 2)}\n`);
  await writeOutput(flags.out, 'seeds.csv', seedTablesCsv(summary));
  await writeOutput(flags.out, 'seeds.txt', `${text}\n`);
  output.event({ kind: 'seeds', ...summary });
  output.text(`\n${text}`);
  output.text(`\nWritten to ${flags.out}: seeds.csv, seeds.json, seeds.txt, and a folder per seed.`);
}

const list = (records: ReadonlyMap<number, RunRecord>) => [...records.keys()].join(', ');

function seedFolder(out: string, seed: number): string {
  return join(out, `seed-${seed}`);
}

/** Notes whose seeds the folder holds. @throws LabError `config-invalid` when it holds those of other settings */
async function claimFolder(out: string, { data, config }: { data: string; config: LabConfig }): Promise<void> {
  const { seed: _seed, ...run } = config.run;
  const settings: unknown = JSON.parse(JSON.stringify({ data, settings: { ...config, run } }));
  await makeOutputFolder(out);
  const path = join(out, seedsSettingsName);
  if (!(await exists(path))) return writeOutput(out, seedsSettingsName, `${JSON.stringify(settings, null, 2)}\n`);
  if (!isDeepStrictEqual(parseJson(await readInput(path)), settings)) throw otherSeeds(out, 'other settings or data');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A seed's run that came to its end; null when there is none. @throws LabError `record-invalid` for a file that is no record */
async function readFinished(folder: string): Promise<RunRecord | null> {
  const path = join(folder, 'run.json');
  if (!(await exists(path))) return null;
  const record = parseRunRecord(await readInput(path));
  return record.status === 'finished' && !record.endedEarly ? record : null;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** @throws LabError `config-invalid` when a finished seed was of other data or another model */
function requireSame({ dataset, model }: RunRecord, inputs: RunInputs, out: string): void {
  const isSameData = isDeepStrictEqual(dataset.splitHashes, inputs.dataset.splitHashes);
  if (!isSameData || model.id !== inputs.model.id)
    throw otherSeeds(out, isSameData ? 'another unpruned model' : 'other data');
}

function otherSeeds(out: string, what: string): LabError {
  return new LabError({
    code: 'config-invalid',
    message: `${out} holds seeds of ${what}.`,
    hint: 'Name another folder with --out. Seeds can be put together only when nothing but the seed differs.',
    details: { path: out },
  });
}
