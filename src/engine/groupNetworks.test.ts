import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { completeRunConfig } from '../recipe/runConfig';
import { startTestHost } from '../testing/startTestHost';
import { wholeRun } from '../testing/wholeRun';
import { defaultTraining } from '../training/trainSettings';
import type { EngineHost } from './engineHost';
import { jobHandlers } from './jobs/jobHandlers';
import { createLocalEngine } from './localEngine';
import type { JobName, JobParams } from './protocol/jobMap';
import { Workspace } from './workspace';

let host: EngineHost;
beforeAll(async () => {
  host = await startTestHost();
});

/** Pixels of PNGs, and one colour for other files: their first byte. */
const decodeImage: EngineHost['decodeImage'] = async (blob, size) => {
  const bytes = Buffer.from(await blob.arrayBuffer());
  if (bytes.length < 100) return new Uint8Array(size * size * 3).fill(bytes[0]!);
  return Uint8Array.from([...PNG.sync.read(bytes).data].filter((_, index) => index % 4 !== 3));
};

const open = () =>
  createLocalEngine(new Workspace({ ...host, decodeImage, store: createMemoryFileStore() }), jobHandlers);
const image = (path: string, value: number) => ({ path, file: new File([new Uint8Array([value])], path) });
const tableOf = (bytes: ArrayBuffer) =>
  Papa.parse<Record<string, string>>(new TextDecoder().decode(bytes), { header: true, skipEmptyLines: true }).data;

const config = completeRunConfig({
  score: { batchSize: 32 },
  pruning: { ratio: 0.1, rounds: 1, maxAccuracyDrop: 1, minFairnessGain: -1 },
  fineTune: { epochs: 1, batchSize: 32 },
  arms: ['snnl'],
  statistics: { replicates: 20, permutations: 20 },
});

describe('a network with BatchNorms of each group’s own', () => {
  it('is trained, measured, asked about files, exported, read again and pruned', async () => {
    const engine = open();
    const run = <J extends JobName>(job: J, params: JobParams<J>) => engine.start(job, params).result;
    const dataset = await run('generateDemo', { settings: { bias: 1, count: 120, imageSize: 32, seed: 5 } });
    const [first, second] = dataset.groupNames as [string, string];
    const { model, history } = await run('trainModel', {
      datasetId: dataset.id,
      name: 'told',
      architecture: { name: 'vgg11-bn', imageSize: 32, classCount: 5, widthMultiplier: 0.06, seed: 1 },
      method: { id: 'fair-adabn', settings: {} },
      settings: {
        ...defaultTraining,
        epochs: 1,
        batchSize: 32,
        optimizer: { name: 'adamw', learningRate: 1e-3, weightDecay: 1e-4 },
      },
      seed: 1,
    });
    expect(history).toHaveLength(1);
    expect(model).toMatchObject({
      groupInput: { attribute: dataset.sensitiveAttribute, names: dataset.groupNames },
      method: { id: 'fair-adabn', settings: { alpha: 1, which: 'paper' } },
      limits: [`It needs the group of every image to predict: ${dataset.sensitiveAttribute}, ${first} or ${second}.`],
    });

    // A split says the groups itself: its predictions are those that the evaluation counts.
    const made = await run('predict', {
      modelId: model.id,
      source: { kind: 'split', datasetId: dataset.id, split: 'validation' },
    });
    const evaluation = await run('evaluateModel', { datasetId: dataset.id, modelId: model.id, split: 'validation' });
    expect(tableOf(made.bytes).map(({ prediction }) => prediction)).toEqual(
      evaluation.predicted.map((index) => dataset.classNames[index]),
    );

    const files = [image('a.png', 40), image('b.png', 200)];
    const ask = (group?: string) => run('predict', { modelId: model.id, source: { kind: 'files', files, group } });
    const scores = async (group: string) =>
      tableOf((await ask(group)).bytes).map((row) => Number(row[`score ${dataset.classNames[0]}`]));
    expect(await scores(first)).not.toEqual(await scores(second));
    await expect(ask()).rejects.toMatchObject({
      code: 'group-unknown',
      hint: `Say which group the images are of: ${first} or ${second}.`,
    });
    await expect(ask('neither')).rejects.toMatchObject({
      code: 'group-unknown',
      message: expect.stringContaining('"neither" is none of its groups'),
    });

    const { bytes } = await run('exportModel', { modelId: model.id, runId: null, format: 'tfjs' });
    const entries = unzipSync(new Uint8Array(bytes));
    expect(strFromU8(entries['MODEL_CARD.md']!)).toContain(
      `the group of each image, [n, 1], by its number in ${first}, ${second}`,
    );
    expect(JSON.parse(strFromU8(entries['preprocessing.json']!))).toMatchObject({
      group: { input: 'group', names: [first, second] },
    });
    expect(
      strFromU8(entries['samples/samples.csv']!)
        .trim()
        .split('\n')
        .map((row) => row.trim().split(',').at(-1)),
    ).toEqual(['group', '0', '1', '0', '1']);
    const again = await run('loadModel', {
      source: { kind: 'files', files: [{ path: 'm.zip', file: new File([bytes], 'm.zip') }] },
    });
    expect(again.importReport?.samples).toMatchObject({ agrees: true, images: 4 });
    expect(again.groupInput).toEqual(model.groupInput);

    const record = await wholeRun(engine, 'runRecipe', { datasetId: dataset.id, modelId: model.id, config });
    expect(record.status).toBe('finished');
    const [round] = record.arms[0]!.rounds;
    expect(round!.prunedOriginal.length).toBeGreaterThan(0);
    expect(round!.parameters).toBeLessThan(record.model.parameters);
    const kept = await run('keepRound', { modelId: round!.modelId!, name: 'kept' });
    expect(kept).toMatchObject({ groupInput: model.groupInput, method: model.method });
  }, 240_000);

  it('is refused on data of other groups, and a group where the network takes none', async () => {
    const engine = open();
    const run = <J extends JobName>(job: J, params: JobParams<J>) => engine.start(job, params).result;
    const dataset = await run('generateDemo', { settings: { bias: 1, count: 60, imageSize: 32, seed: 5 } });
    const request: JobParams<'trainModel'> = {
      datasetId: dataset.id,
      name: 'plain',
      architecture: { name: 'vgg11', imageSize: 32, classCount: 5, widthMultiplier: 0.05, seed: 1 },
      settings: { ...defaultTraining, epochs: 0 },
      seed: 1,
    };
    await expect(run('trainModel', { ...request, method: { id: 'fair-adabn', settings: {} } })).rejects.toMatchObject({
      code: 'model-mismatch',
      message: expect.stringContaining('it has no BatchNorm'),
    });
    const { model } = await run('trainModel', request);
    await expect(
      run('predict', { modelId: model.id, source: { kind: 'files', files: [image('a.png', 1)], group: 'light' } }),
    ).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringContaining('would have no effect') });
  }, 60_000);
});
