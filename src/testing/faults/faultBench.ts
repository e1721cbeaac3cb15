import type { FileStore } from '../../artifacts/fileStore';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { jobHandlers } from '../../engine/jobs/jobHandlers';
import type { LabEngine } from '../../engine/labEngine';
import { createLocalEngine } from '../../engine/localEngine';
import { Workspace } from '../../engine/workspace';
import type { DatasetId, ModelId, RunId } from '../../foundation/ids';
import { completeRunConfig, type RunConfig } from '../../recipe/runConfig';
import { fakeDecode } from '../dataset/fakeFiles';
import { startTestHost } from '../startTestHost';

/** The smallest demo there is; a narrow network takes milliseconds on it. */
export const demo = { bias: 1, count: 120, imageSize: 16, seed: 5 };

/** Two arms of two rounds, of one epoch each. */
export const runConfig: RunConfig = completeRunConfig({
  score: { batchSize: 32 },
  pruning: { ratio: 0.2, rounds: 2, maxAccuracyDrop: 1, minFairnessGain: -1 },
  fineTune: { epochs: 1, batchSize: 32 },
  arms: ['snnl', 'random'],
  statistics: { replicates: 20, permutations: 20 },
});

/** A store with one of everything, and engines over stores like it. */
export interface FaultBench {
  /** An engine of a process that has just begun. */
  open(store: FileStore): LabEngine;
  /** A copy of the prepared store. */
  copy(): Promise<FileStore>;
  datasetId: DatasetId;
  modelId: ModelId;
  /** A finished run. */
  runId: RunId;
  /** The model of its last round. */
  roundModelId: ModelId;
}

/** Prepares a demo set, a trained network and a finished run on WASM. */
export async function createFaultBench(): Promise<FaultBench> {
  const host = await startTestHost();
  const open = (store: FileStore) =>
    createLocalEngine(new Workspace({ ...host, store, decodeImage: fakeDecode }), jobHandlers);
  const prepared = createMemoryFileStore();
  const engine = open(prepared);
  const { id: datasetId } = await engine.start('generateDemo', { settings: demo }).result;
  const { model } = await engine.start('trainModel', training(datasetId, 1)).result;
  const { runId } = await engine.start('runRecipe', { datasetId, modelId: model.id, config: runConfig }).result;
  const { arms } = await engine.start('readRun', { runId }).result;
  return {
    open,
    copy: () => copyStore(prepared),
    datasetId,
    modelId: model.id,
    runId,
    roundModelId: arms[0]!.rounds.at(-1)!.modelId,
  };
}

/** A training of three epochs of a network an eighth as wide as usual. */
export function training(datasetId: DatasetId, seed: number) {
  return {
    datasetId,
    name: 'tiny',
    architecture: { name: 'small-cnn' as const, imageSize: 16, classCount: 5, widthMultiplier: 0.125, seed },
    settings: {
      ...runConfig.fineTune,
      epochs: 3,
      optimizer: { name: 'adam' as const, learningRate: 1e-3, weightDecay: 0 },
    },
    seed,
  };
}

/** All files of a store, by path. */
export async function filesOf(store: FileStore, folder = ''): Promise<string[]> {
  const names = await store.list(folder);
  const paths = names.map((name) => (folder === '' ? name : `${folder}/${name}`));
  const found = await Promise.all(
    paths.map(async (path) => ((await store.list(path)).length > 0 ? filesOf(store, path) : [path])),
  );
  return found.flat();
}

/** Everything in a store, in another one. */
export async function copyStore(from: FileStore): Promise<FileStore> {
  const to = createMemoryFileStore();
  for (const path of await filesOf(from)) await to.write(path, (await from.read(path))!);
  return to;
}
