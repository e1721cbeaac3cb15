import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wasmFolder } from '../../../scripts/wasmFiles.mjs';
import type { FileStore } from '../../artifacts/fileStore';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { createLocalOwnership } from '../../artifacts/ownership';
import { startCompute } from '../../compute/startCompute';
import { trainingId } from '../../foundation/ids';
import { labVersion } from '../../foundation/version';
import { completeRunConfig } from '../../recipe/runConfig';
import { wholeRun } from '../../testing/wholeRun';
import type { EngineHost } from '../engineHost';
import type { LabEngine } from '../labEngine';
import { createLocalEngine } from '../localEngine';
import type { JobName, JobParams, JobResult } from '../protocol/jobMap';
import { Workspace } from '../workspace';
import { jobHandlers } from './jobHandlers';

const settings = { bias: 1, count: 120, imageSize: 32, seed: 5 };
const config = completeRunConfig({
  score: { batchSize: 32 },
  pruning: { ratio: 0.1, rounds: 1, maxAccuracyDrop: 1, minFairnessGain: -1 },
  fineTune: { epochs: 1, batchSize: 32 },
  arms: ['snnl'],
  statistics: { replicates: 20, permutations: 20 },
});

let host: Omit<EngineHost, 'store'>;
let store: FileStore;
/** Two engines that reach the same store, as those of two tabs do. */
let [one, other]: LabEngine[] = [];

beforeAll(async () => {
  host = {
    environment: { ...(await startCompute({ prefer: 'wasm', wasmPath: `${wasmFolder()}/` })), labVersion },
    decoder: 'tests',
    decodeImage: () => Promise.reject(new Error('No image is decoded here.')),
    readDemoFile: () => Promise.reject(new Error('No demo file is read here.')),
    withBackend: () => Promise.reject(new Error('No other backend here.')),
  };
});

beforeEach(() => {
  store = { ...createMemoryFileStore(), ownership: createLocalOwnership(50) };
  [one, other] = [0, 1].map(() => createLocalEngine(new Workspace({ ...host, store }), jobHandlers));
});

function work<J extends JobName>(engine: LabEngine | undefined, job: J, params: JobParams<J>): Promise<JobResult<J>> {
  return engine!.start(job, params).result;
}

async function prepare(): Promise<JobParams<'runRecipe'>> {
  const { id: datasetId } = await work(one, 'generateDemo', { settings });
  const { model } = await work(one, 'trainModel', {
    datasetId,
    name: 'tiny',
    architecture: { name: 'small-cnn', imageSize: 32, classCount: 5, widthMultiplier: 0.125, seed: 1 },
    settings: { ...config.fineTune, epochs: 1 },
    seed: 1,
  });
  return { datasetId, modelId: model.id, config };
}

const refusal = (pending: Promise<unknown>) =>
  pending.then(
    () => 'done',
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  );

describe('what a run uses', () => {
  it('cannot be deleted or changed by another tab while it runs, can be read, and is free afterwards', async () => {
    const params = await prepare();
    const { datasetId, modelId } = params;
    const { imageSetId } = (await work(one, 'listInventory', {})).datasets[0]!;
    let seen: Promise<unknown> = Promise.resolve();
    const running = one!.start('runRecipe', params, {
      partial(event) {
        if (event.kind !== 'opened') return;
        const { id } = event.record;
        running.pause();
        seen = (async () => ({
          dataset: await refusal(work(other, 'deleteStored', { kind: 'dataset', id: datasetId })),
          model: await refusal(work(other, 'deleteStored', { kind: 'model', id: modelId })),
          run: await refusal(work(other, 'deleteStored', { kind: 'run', id })),
          resume: await refusal(work(other, 'resumeRun', { runId: id })),
          images: (await work(other, 'readThumbnails', { imageSetId, imageIndices: [0] })).imageSize,
          owned: [...(await store.ownership.owned()).keys()],
          stored: await work(other, 'listInventory', {}),
          id,
        }))().finally(() => running.resume());
      },
    });
    const { runId: id } = await running.result;
    expect(await seen).toMatchObject({
      dataset: `in-use: The dataset ${datasetId} is in use by another tab or job of the lab.`,
      model: `in-use: The model ${modelId} is in use by another tab or job of the lab.`,
      run: `in-use: The run ${id} is in use by another tab or job of the lab.`,
      resume: `in-use: The run ${id} is in use by another tab or job of the lab.`,
      images: 32,
    });
    expect(await refusal(work(other, 'deleteStored', { kind: 'run', id }))).toBe('done');
    const left = await work(other, 'deleteStored', { kind: 'dataset', id: datasetId });
    expect(left).toMatchObject({ datasets: [], runs: [], interruptedImports: [] });
  });

  it('stays as a whole when a part of it is in use', async () => {
    const run = await wholeRun(one!, 'runRecipe', await prepare());
    const before = await store.list('models');
    const round = run.arms[0]!.rounds[0]!.modelId;
    await store.ownership.share(`model/${round}`, async () => {
      const refused = await refusal(work(other, 'deleteStored', { kind: 'run', id: run.id }));
      expect(refused).toBe(`in-use: The model ${round} is in use by another tab or job of the lab.`);
    });
    expect(await store.list('models')).toEqual(before);
    expect((await work(other, 'listInventory', {})).runs).toMatchObject([{ id: run.id, status: 'finished' }]);
    expect(await work(other, 'readRun', { runId: run.id })).toEqual(run);
  });
});

describe('a training', () => {
  it('that one tab goes on with is refused to another, and cannot be discarded', async () => {
    const { id: datasetId } = await work(one, 'generateDemo', { settings });
    let seen: Promise<string[]> = Promise.resolve([]);
    const training = one!.start(
      'trainModel',
      {
        datasetId,
        name: 'tiny',
        architecture: { name: 'small-cnn', imageSize: 32, classCount: 5, widthMultiplier: 0.125, seed: 1 },
        settings: { ...config.fineTune, epochs: 2 },
        seed: 1,
      },
      {
        partial({ epoch }) {
          if (epoch > 1) return;
          training.pause();
          seen = tryBoth().finally(() => training.resume());
        },
      },
    );
    await training.result;
    expect(await seen).toEqual([
      expect.stringMatching(/^in-use: The training \w+ is in use/),
      expect.stringMatching(/^in-use: The training \w+ is in use/),
    ]);

    async function tryBoth() {
      const [name = ''] = [...(await store.ownership.owned()).keys()].filter((owned) => owned.startsWith('training/'));
      const id = trainingId(name.slice('training/'.length));
      return [
        await refusal(work(other, 'resumeTraining', { trainingId: id })),
        await refusal(work(other, 'deleteStored', { kind: 'training', id })),
      ];
    }
  });
});
