import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, findBackendFactory, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { deviceLossBehind } from '../compute/deviceLoss';
import { startCompute } from '../compute/startCompute';
import { watchDevice } from '../compute/watchDevice';
import { labVersion } from '../foundation/version';
import { completeRunConfig } from '../recipe/runConfig';
import { wholeRun } from '../testing/wholeRun';
import { jobHandlers } from './jobs/jobHandlers';
import type { LabEngine } from './labEngine';
import { createLocalEngine, type LocalEngine } from './localEngine';
import type { JobName, JobParams } from './protocol/jobMap';
import { Workspace } from './workspace';

const wasmPath = '/wasm/';
const settings = { bias: 1, count: 120, imageSize: 16, seed: 4 };
const config = completeRunConfig({
  score: { batchSize: 24 },
  pruning: { ratio: 0.2, rounds: 1 },
  fineTune: { epochs: 1, batchSize: 24 },
  arms: ['snnl'],
  statistics: { replicates: 20, permutations: 20 },
});
const tiny = { name: 'small-cnn', imageSize: 16, classCount: 5, widthMultiplier: 0.125, seed: 1 } as const;

const store = createMemoryFileStore();

/** What a new worker is here: tfjs with a new device. */
function dropDevice(): void {
  const factory = findBackendFactory('webgpu');
  removeBackend('webgpu');
  registerBackend('webgpu', factory, 3);
}
afterEach(dropDevice);

/** An engine as the worker makes it. */
async function openEngine(prefer: 'webgpu' | 'wasm'): Promise<LocalEngine> {
  const chosen = await startCompute({ prefer, wasmPath });
  const workspace = new Workspace({
    environment: { ...chosen, labVersion },
    store,
    decoder: 'tests',
    decodeImage: () => Promise.reject(new Error('No image is decoded here.')),
    readDemoFile: () => Promise.reject(new Error('No demo file is read here.')),
    withBackend: (_, work) => work(),
    explain: async (thrown) => (await deviceLossBehind(thrown)) ?? thrown,
  });
  const engine = createLocalEngine(workspace, jobHandlers);
  if (prefer === 'webgpu') watchDevice((error) => void engine.fail(error));
  return engine;
}

/** Data and an untrained network, made once: what is computed on the GPU here takes its time without one. */
let params: JobParams<'runRecipe'>;
beforeAll(async () => {
  const engine = await openEngine('wasm');
  const dataset = await engine.start('generateDemo', { settings }).result;
  const untrained = { ...config.fineTune, epochs: 0 };
  const training = { datasetId: dataset.id, name: 'tiny', architecture: tiny, settings: untrained, seed: 1 };
  const { model } = await engine.start('trainModel', training).result;
  params = { datasetId: dataset.id, modelId: model.id, config };
});

/** Starts a job and takes the device away at the first report of a stage that matches. */
async function loseDeviceAt<J extends JobName>(
  engine: LabEngine,
  stage: RegExp,
  job: J,
  params: JobParams<J>,
): Promise<unknown> {
  const { device } = backend() as WebGPUBackend;
  let isLost = false;
  const handle = engine.start(job, params, {
    progress(progress) {
      if (isLost || !stage.test(progress.stage)) return;
      isLost = true;
      device.destroy();
    },
  });
  const thrown = await handle.result.then(
    () => 'the job came to its end',
    (error: unknown) => error,
  );
  expect(isLost).toBe(true);
  return thrown;
}

describe('a device that is lost in a run', () => {
  it.each([
    ['fine-tuning', /round 1 of 1 · fine-tuning/],
    ['evaluating', /round 1 of 1 · evaluating/],
    ['scoring', /round 1 of 1 · scoring/],
  ])('while %s: the run has failed with device-lost, and goes on to its end afterwards', async (_, stage) => {
    const engine = await openEngine('webgpu');
    expect(await loseDeviceAt(engine, stage, 'runRecipe', params)).toMatchObject({ code: 'device-lost' });

    const next = await openEngine('wasm');
    const record = (await next.start('listInventory', {}).result).runs.at(-1)!;
    expect(record).toMatchObject({ status: 'failed', error: { code: 'device-lost' } });
    const resumed = await wholeRun(next, 'resumeRun', { runId: record.id });
    expect(resumed).toMatchObject({ status: 'finished', error: null });
    expect(resumed.arms.map(({ rounds }) => rounds.length)).toEqual([1]);
  });
});

describe('a device that is lost outside a run', () => {
  it('while scoring ends the job with device-lost', async () => {
    const engine = await openEngine('webgpu');
    const { datasetId, modelId } = params;
    const scoring = { datasetId, modelId, layer: 'conv3', options: config.score, seed: 1 };
    expect(await loseDeviceAt(engine, /./, 'scoreChannels', scoring)).toMatchObject({ code: 'device-lost' });
  });

  it('while training ends the job with device-lost, and the training can be gone on with', async () => {
    const engine = await openEngine('webgpu');
    const { datasetId } = params;
    const training = {
      datasetId,
      name: 'tiny',
      architecture: tiny,
      settings: { ...config.fineTune, epochs: 2 },
      seed: 1,
    };
    expect(await loseDeviceAt(engine, /Epoch 2/, 'trainModel', training)).toMatchObject({ code: 'device-lost' });

    const next = await openEngine('wasm');
    const [interrupted] = (await next.start('listInventory', {}).result).trainings;
    expect(interrupted).toMatchObject({ epoch: 1, epochs: 2 });
    const { history } = await next.start('resumeTraining', { trainingId: interrupted!.id }).result;
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2]);
  });
});
