import { beforeAll, expect, it } from 'vitest';
import type { FileStore } from '../artifacts/fileStore';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { datasetId, trainingId } from '../foundation/ids';
import { parsePlan } from '../model/architectures/architecturePlan';
import { readModelFiles } from '../model/readModelFiles';
import { completeRunConfig } from '../recipe/runConfig';
import { startTestHost } from '../testing/startTestHost';
import { wholeRun } from '../testing/wholeRun';
import { defaultTraining } from '../training/trainSettings';
import type { EngineHost } from './engineHost';
import { jobHandlers } from './jobs/jobHandlers';
import { createLocalEngine } from './localEngine';
import { listTrainings, loadTraining } from './trainingArchive';
import { Workspace } from './workspace';

let host: Omit<EngineHost, 'store'>;

beforeAll(async () => {
  host = await startTestHost();
});

function openEngine(store: FileStore = createMemoryFileStore()) {
  return createLocalEngine(new Workspace({ ...host, store }), jobHandlers);
}

const plan = parsePlan([
  { kind: 'convolution', filters: 8, kernel: 5, stride: 2, padding: 2, batchNorm: {}, activation: 'silu' },
  { kind: 'max-pooling', size: 3, stride: 2, padding: 1 },
  { kind: 'depthwise-convolution', padding: 1, bias: false, batchNorm: {} },
  { kind: 'convolution', filters: 16, kernel: 1, activation: { name: 'leaky-relu', slope: 0.1 } },
  { kind: 'average-pooling' },
  { kind: 'flatten' },
  { kind: 'dense', units: 12, activation: 'gelu' },
  { kind: 'dropout', rate: 0.2 },
]);

it('a plan is trained, scored, pruned, fine-tuned, and exported for tfjs and for PyTorch', async () => {
  const engine = openEngine();
  const dataset = await engine.start('generateDemo', { settings: { bias: 1, count: 200, imageSize: 32, seed: 5 } })
    .result;
  const { model, history } = await engine.start('trainModel', {
    datasetId: dataset.id,
    name: 'own',
    architecture: { plan, imageSize: 32, classCount: 5, seed: 1 },
    settings: { ...defaultTraining, epochs: 2, batchSize: 32 },
    seed: 1,
  }).result;
  expect(history).toHaveLength(2);
  expect(history[1]!.trainLoss).toBeLessThan(history[0]!.trainLoss);
  expect(model.defaultLayer).toBe('conv3');
  const config = completeRunConfig({
    score: { batchSize: 32 },
    pruning: { ratio: 0.25, rounds: 1, maxAccuracyDrop: 1, minFairnessGain: -1 },
    fineTune: { epochs: 1, batchSize: 32 },
    arms: ['snnl'],
    statistics: { replicates: 20, permutations: 20 },
  });
  const record = await wholeRun(engine, 'runRecipe', { datasetId: dataset.id, modelId: model.id, config });
  const [round] = record.arms[0]!.rounds;
  expect(round!.prunedOriginal).toHaveLength(4);
  expect(round!.channelsLeft).toBe(12);
  const exported = { modelId: round!.modelId, runId: record.id };
  const { bytes } = await engine.start('exportModel', { ...exported, format: 'tfjs' }).result;
  const read = await readModelFiles([{ path: 'own.zip', bytes: new Uint8Array(bytes) }]);
  expect(read.network.layers.map(({ name }) => name)).toContain('leakyRelu3');
  expect(read.network.getLayer('conv3').outputShape).toEqual([null, 8, 8, 12]);
  const forPyTorch = await engine.start('exportModel', { ...exported, format: 'pytorch' }).result;
  expect(forPyTorch.bytes.byteLength).toBeGreaterThan(1000);
}, 60_000);

it('is refused by step before anything is built, where it does not fit the images', async () => {
  const engine = openEngine();
  const dataset = await engine.start('generateDemo', { settings: { bias: 1, count: 60, imageSize: 16, seed: 5 } })
    .result;
  const training = engine.start('trainModel', {
    datasetId: dataset.id,
    name: 'own',
    architecture: {
      plan: parsePlan([{ kind: 'max-pooling', size: 9 }, { kind: 'max-pooling' }, { kind: 'flatten' }]),
      imageSize: 16,
      classCount: 5,
      seed: 1,
    },
    settings: defaultTraining,
    seed: 1,
  });
  await expect(training.result).rejects.toMatchObject({
    code: 'config-invalid',
    message: 'Step 2: the maps are 1×1 here, too small for a pooling of 2.',
  });
});

it('the memory of a network that is too large is told before it is built', async () => {
  const engine = openEngine();
  const dataset = await engine.start('generateDemo', { settings: { bias: 1, count: 60, imageSize: 16, seed: 5 } })
    .result;
  const wide = parsePlan([{ kind: 'flatten' }, ...[1, 2, 3, 4].map(() => ({ kind: 'dense', units: 16_384 }))]);
  const training = engine.start('trainModel', {
    datasetId: dataset.id,
    name: 'wide',
    architecture: { plan: wide, imageSize: 16, classCount: 5, seed: 1 },
    settings: defaultTraining,
    seed: 1,
  });
  await expect(training.result).rejects.toMatchObject({ code: 'exceeds-memory' });
});

it('a stored training gives its plan back; one stored before there were plans still opens', async () => {
  const store = createMemoryFileStore();
  const settings = { ...defaultTraining, epochs: 4 };
  const shared = { datasetId: datasetId('d'), name: 'own', settings, seed: 1 };
  const use = { imageSize: 32, classCount: 5, seed: 1 };
  const own = { ...shared, architecture: { plan, ...use } };
  const published = { ...shared, architecture: { name: 'small-cnn', widthMultiplier: 0.5, ...use } };
  for (const [id, request] of Object.entries({
    own: own,
    old: published,
  })) {
    const bytes = new TextEncoder().encode(JSON.stringify({ epoch: 1, request }));
    await store.write(`trainings/${id}/request.json`, bytes);
  }
  expect((await loadTraining(store, trainingId('own'))).architecture).toEqual({ plan, ...use });
  expect((await loadTraining(store, trainingId('old'))).architecture).toEqual(published.architecture);
  expect((await listTrainings(store)).trainings).toHaveLength(2);
});
