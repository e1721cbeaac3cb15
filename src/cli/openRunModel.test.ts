import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeDataset, fakeModel, fakeRecord } from '../app/testing/fakeData';
import type { RunRecord } from '../recipe/runRecord';
import { predictImages } from './commands/predictImages';
import { createInterrupt } from './interrupt';
import { fakeLab } from './testing/fakeLab';
import { recordedOutput } from './testing/recordedOutput';
import { runLine } from './testing/runLine';
import { samplePlan } from './testing/samplePlan';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-run-model-'));
  await writeFile(join(folder, 'snnl-round-2.zip'), 'zip');
});
afterEach(() => rm(folder, { recursive: true }));

const ofDemo = fakeRecord();
const tally = { total: 9, used: 9, leftOut: [] };
const ofImport: RunRecord = {
  ...ofDemo,
  dataset: {
    ...ofDemo.dataset,
    name: 'faces',
    source: { kind: 'import', files: ['t.csv'] },
    mapping: { ...samplePlan, rows: tally, images: tally, unknownGroupCount: 0 },
  },
};

/** `lab model predict` of the run in the folder, or of its id. The images that are made have these hashes. */
async function predict(record: RunRecord, flags: Record<string, string>, splitHashes = record.dataset.splitHashes) {
  await writeFile(join(folder, 'run.json'), JSON.stringify(record));
  const { output, errors, events } = recordedOutput();
  const asked: Record<string, object> = {};
  const made = (job: string) => (_partial: unknown, params: object) => {
    asked[job] = params;
    return { ...fakeDataset(), splitHashes };
  };
  const { lab } = fakeLab({
    readRun: () => record,
    loadModel: () => fakeModel(),
    generateDemo: made('generateDemo'),
    importFiles: made('importFiles'),
    predict(_partial, params) {
      asked.predict = params;
      const csv = new TextEncoder().encode('name\n').buffer;
      return { bytes: csv, imageCount: 1, accuracy: 1, imageFit: null, unreadable: [] };
    },
  });
  const { word = folder, ...others } = flags;
  const shell = { output, interrupt: createInterrupt(), open: async () => lab };
  const code = await runLine(predictImages, { words: [word], flags: others }, shell);
  return { code, asked, event: events.at(-1), message: errors[0]?.message, hint: errors[0]?.hint };
}

it('of a folder the reported round is loaded from its file, and the demo is made again as it was', async () => {
  const { code, asked, event } = await predict(ofDemo, {});
  expect(code).toBe(0);
  expect(asked.generateDemo).toEqual({ settings: (ofDemo.dataset.source as { settings: object }).settings });
  expect(asked.predict).toMatchObject({ modelId: fakeModel().id, source: { split: 'validation' } });
  expect(event).toMatchObject({ kind: 'predictions', arm: 'snnl', round: 2 });
});

it('the images of an import must be named, are mapped as in the run, and must be the same', async () => {
  const unnamed = await predict(ofImport, {});
  expect([unnamed.code, unnamed.hint]).toEqual([2, expect.stringContaining('--data DIR')]);
  const named = await predict(ofImport, { data: folder });
  expect(named.code).toBe(0);
  expect(named.asked.importFiles).toMatchObject({ ...samplePlan, imageFit: { kind: 'squeeze' } });
  const other = await predict(ofImport, { data: folder }, { train: 'x', validation: 'y', test: 'z' });
  expect([other.code, other.message]).toEqual([2, expect.stringContaining('are not those of the run')]);
});

it('a folder holds no other round, and the unpruned model is of no arm', async () => {
  expect((await predict(ofDemo, { round: '1' })).message).toContain('after round 1');
  const baseline = await predict(ofDemo, { round: 'baseline', arm: 'snnl' });
  expect(baseline.message).toContain('--arm would have no effect here');
});

it('of a stored run every round of every arm is there, on the stored images', async () => {
  const word = ofDemo.id;
  const { asked } = await predict(ofDemo, { word, arm: 'random', round: '1' });
  const random = ofDemo.arms.find(({ arm }) => arm === 'random')!;
  expect(asked.predict).toMatchObject({
    modelId: random.rounds[0]!.modelId,
    source: { datasetId: ofDemo.dataset.id },
  });
  expect(asked.generateDemo).toBeUndefined();
  expect((await predict(ofDemo, { word, round: '9' })).message).toContain('has no such round');
  expect((await predict(ofDemo, { word, data: folder })).message).toContain('--data would have no effect here');
});
