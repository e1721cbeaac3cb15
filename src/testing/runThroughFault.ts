import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import type { FileStore } from '../artifacts/fileStore';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { startCompute } from '../compute/startCompute';
import { jobHandlers } from '../engine/jobs/jobHandlers';
import type { LabEngine } from '../engine/labEngine';
import { createLocalEngine } from '../engine/localEngine';
import type { JobParams } from '../engine/protocol/jobMap';
import { Workspace } from '../engine/workspace';
import { labVersion } from '../foundation/version';
import { completeRunConfig } from '../recipe/runConfig';
import type { RunRecord } from '../recipe/runRecord';
import { createFaultyFileStore, type Fault } from './faultyFileStore';
import { wholeRun } from './wholeRun';

/** The smallest run with two arms and two rounds, ready to start on copies of one store. */
export interface SmallRun {
  params: JobParams<'runRecipe'>;
  /** A store with the dataset and the model, and nothing else. */
  freshStore(): Promise<FileStore>;
  /** An engine on a store, as after a restart. */
  engineOn(store: FileStore): LabEngine;
}

/** Makes a demo of 60 images of 16 pixels and a network an eighth wide. */
export async function prepareSmallRun(): Promise<SmallRun> {
  const environment = { ...(await startCompute({ prefer: 'wasm', wasmPath: `${wasmFolder()}/` })), labVersion };
  const refuse = () => Promise.reject(new Error('This is not needed here.'));
  const engineOn = (store: FileStore) =>
    createLocalEngine(
      new Workspace({
        environment,
        store,
        decodeImage: refuse,
        decoder: 'none',
        readDemoFile: refuse,
        withBackend: refuse,
      }),
      jobHandlers,
    );
  const config = completeRunConfig({
    score: { batchSize: 16 },
    pruning: { ratio: 0.1, rounds: 2, maxAccuracyDrop: 1, minFairnessGain: -1 },
    fineTune: { epochs: 2, batchSize: 16 },
    arms: ['snnl', 'random'],
    statistics: { replicates: 20, permutations: 20 },
  });
  const first = createMemoryFileStore();
  const engine = engineOn(first);
  const settings = { bias: 1, count: 60, imageSize: 16, seed: 5 };
  const { id: datasetId } = await engine.start('generateDemo', { settings }).result;
  const { model } = await engine.start('trainModel', {
    datasetId,
    name: 'tiny',
    architecture: { name: 'small-cnn', imageSize: 16, classCount: 5, widthMultiplier: 0.125, seed: 1 },
    settings: { ...config.fineTune, epochs: 0 },
    seed: 1,
  }).result;
  const freshStore = async () => {
    const copy = createMemoryFileStore();
    await copyFiles(first, copy, '');
    return copy;
  };
  return { params: { datasetId, modelId: model.id, config }, freshStore, engineOn };
}

/**
 * Starts the run on a store that fails at one operation, and goes on with it after a restart on what is then stored.
 * @returns the record in the end, and whether the store failed at all
 */
export async function runThroughFault(
  { params, freshStore, engineOn }: SmallRun,
  fault: Fault,
  operation: number,
): Promise<{ record: RunRecord; failed: boolean }> {
  const store = await freshStore();
  const faulty = createFaultyFileStore(store, fault, operation);
  await engineOn(faulty)
    .start('runRecipe', params)
    .result.catch(() => undefined);
  const engine = engineOn(store);
  const { runs, unreadableRuns } = await engine.start('listInventory', {}).result;
  const [id] = [...runs, ...unreadableRuns].map((run) => run.id);
  if (id !== undefined && runs[0]?.status === 'finished') {
    return { record: await engine.start('readRun', { runId: id }).result, failed: faulty.failed };
  }
  const record =
    id === undefined ? await wholeRun(engine, 'runRecipe', params) : await wholeRun(engine, 'resumeRun', { runId: id });
  return { record, failed: faulty.failed };
}

/** What a run computed: everything but its id, times, and notes about the store. */
export function computedIn(record: RunRecord): unknown {
  const plain = JSON.parse(JSON.stringify(record).replaceAll(record.id, 'run')) as RunRecord;
  return {
    ...plain,
    createdAt: '',
    updatedAt: '',
    arms: plain.arms.map((arm) => ({
      ...arm,
      rounds: arm.rounds.map((round) => ({
        ...round,
        elapsedMs: 0,
        fineTuning: { ...round.fineTuning, notes: [] },
      })),
    })),
    testLooks: plain.testLooks.map((look) => ({ ...look, at: '' })),
  };
}

async function copyFiles(from: FileStore, to: FileStore, folder: string): Promise<void> {
  for (const name of await from.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const bytes = await from.read(path);
    if (bytes) await to.write(path, bytes);
    else await copyFiles(from, to, path);
  }
}
