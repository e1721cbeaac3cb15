import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeDataset, fakeModel, fakeRecord } from '../../app/testing/fakeData';
import { emptyInventory } from '../../engine/protocol/emptyInventory';
import { LabError } from '../../foundation/labError';
import { eventsOf } from '../../recipe/runEvents';
import { createInterrupt } from '../interrupt';
import { fakeLab } from '../testing/fakeLab';
import { recordedOutput } from '../testing/recordedOutput';
import { runLine } from '../testing/runLine';
import { run } from './run';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-run-'));
  await writeFile(join(folder, 'config.json'), '{}');
});
afterEach(() => rm(folder, { recursive: true }));

const zip = () => ({ bytes: new TextEncoder().encode('zip').buffer });
const record = fakeRecord(undefined, 1);

/** `lab run` on the demo; the recipe sends what happened up to its first round and then does as told. */
async function runDemo(
  afterFirstRound: (interrupt: () => void) => unknown,
  exportModel: () => unknown = zip,
  beforeRun: () => unknown = () => undefined,
) {
  const interrupt = createInterrupt();
  const { output, errors, events } = recordedOutput();
  const { lab } = fakeLab({
    loadModel: () => fakeModel(),
    generateDemo: () => fakeDataset(),
    listInventory: () => emptyInventory,
    async planPruning() {
      await beforeRun();
      return { parametersBefore: 100, parametersAfter: 90 };
    },
    async runRecipe(partial) {
      for (const event of eventsOf(record)) partial(event);
      return afterFirstRound(interrupt.send);
    },
    exportModel,
  });
  const words = [join(folder, 'config.json')];
  const flags = { data: 'demo', out: folder };
  const code = await runLine(run, { words, flags }, { output, interrupt, open: async () => lab });
  return { code, errors: errors.map((error) => error.code), events, names: await readdir(folder) };
}

/** Ctrl-C during the recipe: the page then fails the job. */
function interrupted(interrupt: () => void) {
  interrupt();
  return new Promise(() => undefined);
}

/** Takes the record's place after the folder was checked, so that it cannot be written. */
const putInTheWay = () => mkdir(join(folder, 'run.json'));

it('a finished run leaves record, scores and one model of each arm', async () => {
  const { code, names, events } = await runDemo(() => ({ runId: record.id }));
  expect(code).toBe(0);
  expect(names).toEqual(expect.arrayContaining(['run.json', 'scores.csv']));
  expect(names.filter((name) => name.endsWith('.zip'))).toHaveLength(record.arms.length);
  expect(events.map(({ kind }) => kind)).toEqual(['dataset', 'storageForecast', 'runRecord', 'verdict']);
});

it('a cancelled run ends with 130 and keeps record and models', async () => {
  const { code, names } = await runDemo(interrupted);
  expect(code).toBe(130);
  expect(names).toContain('run.json');
  expect(names.filter((name) => name.endsWith('.zip'))).toHaveLength(record.arms.length);
});

it('a cancelled run whose models cannot be exported still ends with 130, and says both', async () => {
  const { code, errors } = await runDemo(interrupted, () => {
    throw new LabError({ code: 'out-of-memory', message: 'No memory.', hint: 'Use less.' });
  });
  expect(code).toBe(130);
  expect(errors).toEqual(['out-of-memory', 'cancelled']);
});

it('a cancelled run whose record cannot be written still ends with 130', async () => {
  const { code, errors } = await runDemo(interrupted, zip, putInTheWay);
  expect(code).toBe(130);
  expect(errors).toEqual(['storage-failed', 'cancelled']);
});

it('a record that cannot be written fails the run, once', async () => {
  const { code, errors } = await runDemo(() => ({ runId: record.id }), zip, putInTheWay);
  expect(code).toBe(1);
  expect(errors).toEqual(['storage-failed']);
});

it('an --out that is a file is wrong usage', async () => {
  const { output, errors } = recordedOutput();
  const file = join(folder, 'config.json');
  const open = () => Promise.reject(new Error('The engine is not needed.'));
  const line = { words: [file], flags: { out: file } };
  expect(await runLine(run, line, { output, interrupt: createInterrupt(), open })).toBe(2);
  expect(errors[0]!.message).toContain(file);
});

/** `lab run` to its end with these settings, on the demo. */
async function runSettings(settings: object) {
  await writeFile(join(folder, 'given.json'), JSON.stringify(settings));
  const { output, errors } = recordedOutput();
  const recipes: unknown[] = [];
  const { lab } = fakeLab({
    loadModel: () => fakeModel(),
    generateDemo: () => fakeDataset(),
    listInventory: () => emptyInventory,
    trainModel: () => ({
      model: fakeModel(),
      history: [epoch(1, 0.9), { ...epoch(2, 0.7), warning: 'one-class' }],
      endedBy: 'early-stopping',
      keptEpoch: 1,
      notes: ['It ended early.'],
    }),
    planPruning: () => ({ parametersBefore: 100, parametersAfter: 90 }),
    runRecipe(partial, params) {
      recipes.push(params);
      for (const event of eventsOf(record)) partial(event);
      return { runId: record.id };
    },
    exportModel: zip,
  });
  const out = await mkdtemp(join(folder, 'out-'));
  const line = { words: [join(folder, 'given.json')], flags: { out } };
  const code = await runLine(run, line, { output, interrupt: createInterrupt(), open: async () => lab });
  const read = (...path: string[]) => readFile(join(out, ...path), 'utf8');
  return { code, errors, recipes, read };
}

const epoch = (number: number, trainLoss: number) => ({
  epoch: number,
  learningRate: 0.002,
  trainLoss,
  validationLoss: 0.8,
  validationAccuracy: 0.75,
});

it('a baseline trained for the run is an arm of its own: model, settings and curves, and the record is told', async () => {
  const { code, recipes, read } = await runSettings({ model: { architecture: 'small-cnn', seed: 7 } });
  expect(code).toBe(0);
  expect(await read('baseline', 'model.zip')).toBe('zip');
  const settings = JSON.parse(await read('baseline', 'training.json')) as Record<string, unknown>;
  expect(settings).toMatchObject({
    architecture: { name: 'small-cnn', widthMultiplier: 1, imageSize: 64 },
    settings: { epochs: 24, optimizer: { name: 'adam' } },
    seed: 7,
    keptEpoch: 1,
    endedBy: 'early-stopping',
    notes: ['It ended early.'],
  });
  expect(await read('baseline', 'curves.csv')).toBe(
    'epoch,learning_rate,train_loss,validation_loss,validation_accuracy,warning\n1,0.002,0.9,0.8,0.75,\n2,0.002,0.7,0.8,0.75,one-class\n',
  );
  expect(recipes).toMatchObject([{ baselineOrigin: { kind: 'trained', seed: 7, settings: { epochs: 24 } } }]);
});

it('config.json holds every setting, and gives the same settings when it is run again', async () => {
  const first = await runSettings({ run: { seed: 5, pruning: { rounds: 1 } } });
  const written = await first.read('config.json');
  expect(JSON.parse(written)).toMatchObject({
    data: { demo: { bias: 1, count: 2400, imageSize: 64, seed: 20240 } },
    model: 'demo-baseline',
    run: { seed: 5, pruning: { rounds: 1, ratio: 0.02, criterion: 'eodd' }, statistics: { replicates: 1000 } },
  });
  const again = await runSettings(JSON.parse(written) as object);
  expect(again.recipes).toEqual(first.recipes);
  expect(await again.read('config.json')).toBe(written);
});

it('a settings file in the folder for the results stays as it was given', async () => {
  await runDemo(() => record);
  expect(await readFile(join(folder, 'config.json'), 'utf8')).toBe('{}');
  expect(JSON.parse(await readFile(join(folder, 'config-complete.json'), 'utf8'))).toMatchObject({
    model: 'demo-baseline',
    run: { seed: 1 },
  });
});
