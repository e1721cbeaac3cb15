import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fakeDataset, fakeModel, fakeRecord, fakeScores } from '../../app/testing/fakeData';
import { emptyInventory } from '../../engine/protocol/emptyInventory';
import type { Command } from '../commandLine';
import { createInterrupt } from '../interrupt';
import { fakeLab } from '../testing/fakeLab';
import { recordedOutput } from '../testing/recordedOutput';
import { runLine, type Typed } from '../testing/runLine';
import { samplePlan } from '../testing/samplePlan';
import { importData } from './importData';
import { predictImages } from './predictImages';
import { pruneModel } from './pruneModel';
import { run } from './run';
import { score } from './score';
import { splitData } from './splitData';

let folder = '';
const path = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-mapping-'));
  await writeFile(path('mapping.json'), JSON.stringify(samplePlan));
  await writeFile(path('config.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true }));

const data = { data: '.' };

/** What a command asks of the engine when it is given the mapping. The files themselves are never asked for a suggestion. */
async function mappedBy(command: Command, { words, flags }: Typed) {
  const { output } = recordedOutput();
  const asked: object[] = [];
  const keep = (_partial: unknown, params: object) => {
    asked.push(params);
    throw new Error('That is enough.');
  };
  const { lab } = fakeLab({
    inspectFiles: () => ({}),
    loadModel: () => fakeModel(),
    importFiles: keep,
    previewMapping: keep,
    generateDemo: () => fakeDataset(),
    listInventory: () => emptyInventory,
    runRecipe: () => fakeRecord(),
    scoreChannels: () => fakeScores(),
  });
  const shell = { output, interrupt: createInterrupt(), open: async () => lab };
  await runLine(command, { words, flags: { ...flags, mapping: path('mapping.json') } }, shell);
  return asked[0];
}

it.each<[string, Command, () => Typed]>([
  ['run', run, () => ({ words: [path('config.json')], flags: { ...data, out: path('out') } })],
  ['score', score, () => ({ words: [], flags: data })],
  ['model predict', predictImages, () => ({ words: ['demo'], flags: data })],
  ['model prune', pruneModel, () => ({ words: ['demo'], flags: { ...data, ratio: '0.1', out: path('out') } })],
  ['data import', importData, () => ({ words: ['.'], flags: {} })],
])('%s makes its dataset as the mapping file says', async (_, command, typed) => {
  expect(await mappedBy(command, typed())).toMatchObject(samplePlan);
});

it('data split shows the split that the mapping file gives', async () => {
  const { join: tables, mapping, split } = samplePlan;
  const source = { kind: 'inspected', join: tables };
  expect(await mappedBy(splitData, { words: ['.'], flags: {} })).toMatchObject({ source, mapping, split });
});
