import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeDataset, fakeModel, fakeRecord } from '../../app/testing/fakeData';
import { LabError } from '../../foundation/labError';
import { eventsOf } from '../../recipe/runEvents';
import { createInterrupt } from '../interrupt';
import { runCommand } from '../runCommand';
import { fakeLab } from '../testing/fakeLab';
import { recordedOutput } from '../testing/recordedOutput';
import { run } from './run';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-run-'));
  await writeFile(join(folder, 'config.json'), '{}');
});
afterEach(() => rm(folder, { recursive: true }));

const zip = () => ({ bytes: Buffer.from('zip').toString('base64') });
const record = fakeRecord(undefined, 1);

/** `lab run` on the demo; the recipe sends what happened up to its first round and then does as told. */
async function runDemo(afterFirstRound: (interrupt: () => void) => unknown, exportModel: () => unknown = zip) {
  const interrupt = createInterrupt();
  const { output, errors, events } = recordedOutput();
  const { lab } = fakeLab({
    loadModel: () => fakeModel(),
    generateDemo: () => fakeDataset(),
    planPruning: () => ({ parametersBefore: 100, parametersAfter: 90 }),
    async runRecipe(partial) {
      for (const event of eventsOf(record)) partial(event);
      return afterFirstRound(interrupt.send);
    },
    exportModel,
  });
  const words = [join(folder, 'config.json')];
  const flags = { data: 'demo', out: folder };
  const code = await runCommand(run, { words, flags }, { output, interrupt, open: async () => lab });
  return { code, errors: errors.map((error) => error.code), events, names: await readdir(folder) };
}

/** Ctrl-C during the recipe: the page then fails the job. */
function interrupted(interrupt: () => void) {
  interrupt();
  return new Promise(() => undefined);
}

it('a finished run leaves record, scores and one model of each arm', async () => {
  const { code, names, events } = await runDemo(() => ({ runId: record.id }));
  expect(code).toBe(0);
  expect(names).toEqual(expect.arrayContaining(['run.json', 'scores.csv']));
  expect(names.filter((name) => name.endsWith('.zip'))).toHaveLength(record.arms.length);
  expect(events.map(({ kind }) => kind)).toEqual(['dataset', 'runRecord', 'verdict']);
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
  await mkdir(join(folder, 'run.json'));
  const { code, errors } = await runDemo(interrupted);
  expect(code).toBe(130);
  expect(errors).toEqual(['storage-failed', 'cancelled']);
});

it('a record that cannot be written fails the run, once', async () => {
  await mkdir(join(folder, 'run.json'));
  const { code, errors } = await runDemo(() => ({ runId: record.id }));
  expect(code).toBe(1);
  expect(errors).toEqual(['storage-failed']);
});

it('an --out that is a file is wrong usage', async () => {
  const { output, errors } = recordedOutput();
  const file = join(folder, 'config.json');
  const open = () => Promise.reject(new Error('The engine is not needed.'));
  const line = { words: [file], flags: { out: file } };
  expect(await runCommand(run, line, { output, interrupt: createInterrupt(), open })).toBe(2);
  expect(errors[0]!.message).toContain(file);
});
