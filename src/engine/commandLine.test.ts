import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { commandList } from '../cli/commands';
import { createInterrupt } from '../cli/interrupt';
import type { OpenLab } from '../cli/openLab';
import { runLab } from '../cli/runLab';
import { recordedOutput } from '../cli/testing/recordedOutput';
import { importances } from '../importance/importances';
import { parseRunRecord } from '../recipe/parseRunRecord';
import type { Evaluation, RunRecord } from '../recipe/runRecord';
import { highestSkewness } from '../testing/highestSkewness';
import { startTestHost } from '../testing/startTestHost';
import { defaultTraining } from '../training/trainSettings';
import type { EngineHost } from './engineHost';
import { jobHandlers } from './jobs/jobHandlers';
import { createLocalEngine } from './localEngine';
import type { JobName, JobParams } from './protocol/jobMap';
import { Workspace } from './workspace';

/** A tiny demo and a narrow net, trained for the run: the command line with the real engine in seconds. */
const settings = {
  data: { demo: { bias: 1, count: 200, imageSize: 32, seed: 5 } },
  model: { architecture: 'small-cnn', widthMultiplier: 0.25, training: { ...defaultTraining, epochs: 2 } },
  run: {
    score: { batchSize: 32 },
    pruning: { ratio: 0.1, rounds: 2, maxAccuracyDrop: 1, minFairnessGain: -1 },
    arms: ['snnl', 'random'],
    statistics: { replicates: 20, permutations: 20 },
  },
};

let host: Omit<EngineHost, 'store'>;
let folder = '';
const path = (...names: string[]) => join(folder, ...names);

beforeAll(async () => {
  host = await startTestHost();
  folder = await mkdtemp(join(tmpdir(), 'lab-command-line-'));
  await writeFile(path('given.json'), JSON.stringify(settings));
  expect(await lab('run', path('given.json'), '--data', 'demo', '--out', path('first'))).toBe(0);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const store = createMemoryFileStore();

/** Does what is typed with an engine in this process. Errors fail the test by their words. */
async function lab(...argv: string[]): Promise<number> {
  const { output, errors } = recordedOutput();
  const code = await runLab(commandList, argv, {
    createOutput: () => output,
    printHelp: output.text,
    interrupt: createInterrupt(),
    open: async ({ store: kept }) => openLab(kept === null ? createMemoryFileStore() : store),
  });
  expect(errors).toEqual([]);
  return code;
}

function openLab(kept: EngineHost['store']): OpenLab {
  const engine = createLocalEngine(new Workspace({ ...host, store: kept }), jobHandlers);
  return {
    environment: host.environment,
    async run<J extends JobName>(job: J, params: JobParams<J>, { paths = [], listener = {} } = {}) {
      const files = await Promise.all(
        paths.map(async (file) => ({ path: basename(file), file: new File([await readFile(file)], basename(file)) })),
      );
      const filled = job === 'loadModel' ? { ...params, source: { kind: 'files', files } } : params;
      return engine.start(job, filled, listener).result;
    },
    cancel: () => engine.dispose(),
    close: async () => engine.dispose(),
  };
}

async function readRecord(...names: string[]): Promise<RunRecord> {
  return parseRunRecord(await readFile(path(...names, 'run.json'), 'utf8'));
}

/** All of a record but ids and times. */
function outcome({ id: _id, createdAt: _created, updatedAt: _updated, arms, ...rest }: RunRecord) {
  return {
    ...rest,
    arms: arms.map(({ rounds, ...arm }) => ({
      ...arm,
      rounds: rounds.map(({ modelId: _model, elapsedMs: _elapsed, ...round }) => round),
    })),
  };
}

/** The gaps that `lab audit` finds in a table of predictions. */
async function auditedGaps(table: string) {
  expect(await lab('audit', table, '--replicates', '0', '--permutations', '0', '--out', path('audit'))).toBe(0);
  const { audits } = JSON.parse(await readFile(path('audit', 'audit.json'), 'utf8')) as {
    audits: { attribute: string; analysis: { n: number; model: { gaps: Record<string, { value: number }> } } }[];
  };
  const [{ attribute, analysis }] = audits as [(typeof audits)[0]];
  const { eopp0, eopp1, eodd } = analysis.model.gaps;
  return { attribute, n: analysis.n, eopp0: eopp0!.value, eopp1: eopp1!.value, eodd: eodd!.value };
}

function gapsOf({ report }: Evaluation) {
  const close = (value: number) => expect.closeTo(value, 10);
  const { n, eopp0, eopp1, eodd } = report;
  return { attribute: 'skin type', n, eopp0: close(eopp0), eopp1: close(eopp1), eodd: close(eodd) };
}

it('the config.json of a run, run again, gives the same record, which says how its baseline was trained', async () => {
  expect(await lab('run', path('first', 'config.json'), '--data', 'demo', '--out', path('again'))).toBe(0);
  const [first, again] = [await readRecord('first'), await readRecord('again')];
  expect(outcome(again)).toEqual(outcome(first));
  expect(first.baselineOrigin).toMatchObject({ kind: 'trained', settings: { epochs: 2 }, seed: 1 });
  const curves = await readFile(path('first', 'baseline', 'curves.csv'), 'utf8');
  expect(Papa.parse(curves.trim(), { header: true }).data).toHaveLength(2);
  expect(await readFile(path('again', 'baseline', 'curves.csv'), 'utf8')).toBe(curves);
}, 120_000);

it('the audit of a run’s predictions gives the gaps that its record has, for a round and for the unpruned model', async () => {
  const record = await readRecord('first');
  const { rounds, chosenRound } = record.arms[0]!;
  expect(await lab('model', 'predict', path('first'), '--out', path('reported'))).toBe(0);
  const table = path('reported', 'predictions.csv');
  const reported = rounds[(chosenRound || rounds.length) - 1]!.evaluation;
  expect(await auditedGaps(table)).toEqual(gapsOf(reported));
  const [header] = (await readFile(table, 'utf8')).split('\n');
  expect(header).toMatch(/^name,label,prediction,skin type,split,score /);

  expect(await lab('model', 'predict', path('first'), '--round', 'baseline', '--out', path('unpruned'))).toBe(0);
  expect(await auditedGaps(path('unpruned', 'predictions.csv'))).toEqual(gapsOf(record.baseline.evaluation));
}, 120_000);

it('a run in the store is predicted with and tested by its id, and the look is counted in its folder, too', async () => {
  expect(await lab('run', path('given.json'), '--out', path('kept'), '--store', path('store'))).toBe(0);
  const { id, arms } = await readRecord('kept');
  const words = ['--arm', 'random', '--round', '1', '--store', path('store'), '--out', path('random')];
  expect(await lab('model', 'predict', id, ...words)).toBe(0);
  const random = arms.find(({ arm }) => arm === 'random')!;
  expect(await auditedGaps(path('random', 'predictions.csv'))).toEqual(gapsOf(random.rounds[0]!.evaluation));

  const confirmed = ['--yes-open-the-test-split', '--store', path('store')];
  expect(await lab('test', id, ...confirmed)).toBe(0);
  expect(await lab('test', path('kept'), ...confirmed)).toBe(0);
  const { testLooks } = await readRecord('kept');
  expect(testLooks.map(({ baseline }) => baseline.split)).toEqual(['test', 'test']);
}, 120_000);

it('an arm of an importance that is registered is run, printed and exported like the others', async () => {
  const { id } = highestSkewness;
  importances.register(highestSkewness);
  const run = { ...settings.run, pruning: { ...settings.run.pruning, rounds: 1 }, arms: ['snnl', id] };
  await writeFile(path('new.json'), JSON.stringify({ ...settings, run }));
  expect(await lab('run', path('new.json'), '--data', 'demo', '--out', path('new'))).toBe(0);
  const { arms } = await readRecord('new');
  expect(arms.map(({ arm, rounds }) => [arm, rounds.length])).toEqual([
    ['snnl', 1],
    [id, 1],
  ]);
  expect(await readFile(path('new', 'scores.csv'), 'utf8')).toContain(`\n${id},1,`);
  expect(await lab('model', 'predict', path('new'), '--arm', id, '--out', path('of-new'))).toBe(0);
  expect(await auditedGaps(path('of-new', 'predictions.csv'))).toEqual(gapsOf(arms[1]!.rounds[0]!.evaluation));
}, 120_000);

it('runs over seeds share the baseline, and differ', async () => {
  const out = path('seeds');
  expect(await lab('run', path('given.json'), '--seeds', '1,2', '--out', out)).toBe(0);
  expect(await lab('run', path('given.json'), '--seeds', '1-3', '--out', out)).toBe(0);
  const records = await Promise.all([1, 2, 3].map((seed) => readRecord('seeds', `seed-${seed}`)));
  expect(new Set(records.map(({ model }) => model.id)).size).toBe(1);
  expect(new Set(records.map(({ arms }) => JSON.stringify(arms[1]!.rounds[0]!.prunedOriginal))).size).toBeGreaterThan(
    1,
  );
  expect(outcome(records[0]!)).toEqual(outcome(await readRecord('first')));
  expect(JSON.parse(await readFile(join(out, 'seeds.json'), 'utf8'))).toMatchObject({ seeds: [1, 2, 3] });
}, 120_000);
