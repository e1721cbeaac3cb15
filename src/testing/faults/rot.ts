import type { FileStore } from '../../artifacts/fileStore';
import type { LabEngine } from '../../engine/labEngine';
import { defaultEvaluationSettings } from '../../fairness/evaluate';
import { fromErrorData, toErrorData } from '../../foundation/labError';
import { sha256Hex } from '../../foundation/sha256Hex';
import { withoutIdsAndTimes } from '../withoutIdsAndTimes';
import { clearAway } from './clearAway';
import { copyStore, type FaultBench, filesOf, runConfig, training } from './faultBench';

/** How a file decays. */
export const decays = ['first bit', 'middle bit', 'last bit', 'half', 'empty', 'missing'] as const;
export type Decay = (typeof decays)[number];

/** What one decay did. */
export interface Rot {
  path: string;
  decay: Decay;
  /** What was said of it: codes of errors, `listed as unreadable`, `gone`, or nothing when all was as before. */
  told: string[];
  problems: string[];
}

/** What can be had of a store: per thing the hash of its content, or the code of the error that stands for it. */
export type Holdings = ReadonlyMap<string, string>;

/** Uses everything that is stored. */
export async function takeHoldings(
  engine: LabEngine,
  { datasetId, modelId, runId, roundModelId }: FaultBench,
): Promise<Holdings> {
  const had = new Map<string, string>();
  const have = async (name: string, read: () => Promise<unknown>) => had.set(name, await hashOrCode(read));
  const inventory = await engine.start('listInventory', {}).result;
  const { datasets, models, runs } = inventory;
  const isNamed =
    inventory.unreadableDatasets.length + inventory.unreadableModels.length + inventory.unreadableRuns.length > 0;
  const unlisted = isNamed ? listedAsUnreadable : gone;
  await have('dataset', async () => {
    const found = datasets.find(({ id }) => id === datasetId);
    if (!found) return unlisted;
    const imageIndices = Array.from({ length: 120 }, (_, index) => index);
    const { pixels } = await engine.start('readThumbnails', { imageSetId: found.imageSetId, imageIndices }).result;
    const scores = await engine.start('evaluateModel', { datasetId, modelId, split: 'validation' }).result;
    const { samples } = await engine.start('readDataset', { datasetId }).result;
    return [await sha256Hex(pixels), samples, withoutIdsAndTimes(scores)];
  });
  for (const [name, id] of [
    ['model', modelId],
    ['round', roundModelId],
  ] as const) {
    await have(name, async () => {
      const { bytes } = await engine.start('exportModel', { modelId: id, runId: null, format: 'onnx' }).result;
      return sha256Hex(new Uint8Array(bytes));
    });
  }
  await have('listed model', async () => withoutIdsAndTimes(models.find(({ id }) => id === modelId)) ?? unlisted);
  await have('run', async () => {
    if (!runs.some(({ id }) => id === runId)) return unlisted;
    const record = await engine.start('readRun', { runId }).result;
    if (record.error) throw fromErrorData(record.error);
    return withoutIdsAndTimes(record);
  });
  await have('listed dataset', async () => withoutIdsAndTimes(datasets.find(({ id }) => id === datasetId)) ?? unlisted);
  await have('listed run', async () => {
    const found = runs.find(({ id }) => id === runId);
    if (found?.error) throw fromErrorData(found.error);
    return found ? withoutIdsAndTimes(found) : unlisted;
  });
  await have('analysis', async () => {
    const settings = { ...defaultEvaluationSettings, replicates: 5, permutations: 5 };
    const round = runConfig.pruning.rounds;
    return (await engine.start('analyseRound', { runId, arm: 'snnl', round, settings }).result).analysis;
  });
  await have('training', async () => {
    const [left] = inventory.trainings;
    if (!left) return inventory.unreadableTrainings.length > 0 ? listedAsUnreadable : gone;
    return (await engine.start('resumeTraining', { trainingId: left.id }).result).model.id;
  });
  return had;
}

/** A copy of the prepared store in which a training was cut off, too. */
export async function prepareRot(bench: FaultBench): Promise<FileStore> {
  const store = await bench.copy();
  const job = bench.open(store).start('trainModel', training(bench.datasetId, 2), { partial: () => job.cancel() });
  await job.result.catch(() => undefined);
  return store;
}

/** Lets one file decay, uses everything and looks for what differs without a word. */
export async function letRot(
  bench: FaultBench,
  prepared: FileStore,
  before: Holdings,
  { path, decay }: { path: string; decay: Decay },
): Promise<Rot> {
  const store = await copyStore(prepared);
  await spoil(store, path, decay);
  const engine = bench.open(store);
  const problems: string[] = [];
  const told = new Set<string>();
  try {
    for (const [name, had] of await takeHoldings(engine, bench)) {
      if (had === before.get(name)) continue;
      if (had.startsWith(errorMark)) told.add(had.slice(errorMark.length));
      else problems.push(`${name} is another without a word`);
    }
  } catch (error) {
    problems.push(`the inventory fails: ${toErrorData(error).message}`);
  }
  // A file that is taken away can take with it what it alone told of.
  if (told.has('gone') && decay !== 'missing') problems.push('it is gone without a word');
  if (told.has('internal')) problems.push('the error has no name');
  problems.push(...(await mendRun(engine, bench, before)), ...(await clearAway(engine, store)));
  return { path, decay, told: [...told].sort(), problems };
}

/** Has a damaged run computed again, which must give it back to the bit. */
async function mendRun(engine: LabEngine, { runId }: FaultBench, before: Holdings): Promise<string[]> {
  const { runs, unreadableRuns } = await engine.start('listInventory', {}).result;
  const isDamaged = runs.some(({ id, error }) => id === runId && error !== null);
  const canResume = unreadableRuns.some((run) => run.id === runId && run.canResume);
  if (!isDamaged && !canResume) return [];
  try {
    await engine.start('resumeRun', { runId }).result;
    const record = withoutIdsAndTimes(await engine.start('readRun', { runId }).result);
    return (await hashOrCode(async () => record)) === before.get('run') ? [] : ['computed again, the run is another'];
  } catch (error) {
    const { code } = toErrorData(error);
    // Without its data or its unpruned model a run cannot be computed.
    const isTold = ['artifact-damaged', 'model-not-found', 'dataset-not-found', 'storage-failed'].includes(code);
    return isTold ? [] : [`the run cannot be computed again: ${code}`];
  }
}

/** The files of a store, one of every kind: of shards and rounds the first. */
export async function kindsOf(store: FileStore): Promise<string[]> {
  const seen = new Set<string>();
  return (await filesOf(store)).filter((path) => {
    const kind = path.replaceAll(/[0-9a-f]{8,}/g, '#').replaceAll(/\d+/g, '0');
    return !seen.has(kind) && seen.add(kind);
  });
}

const errorMark = 'error: ';
const listedAsUnreadable = {};
const gone = {};

async function hashOrCode(read: () => Promise<unknown>): Promise<string> {
  try {
    const value = await read();
    if (value === listedAsUnreadable) return `${errorMark}listed as unreadable`;
    if (value === gone) return `${errorMark}gone`;
    return await sha256Hex(JSON.stringify(value));
  } catch (error) {
    return `${errorMark}${toErrorData(error).code}`;
  }
}

async function spoil(store: FileStore, path: string, decay: Decay): Promise<void> {
  const bytes = (await store.read(path))!;
  const at = { 'first bit': 0, 'middle bit': bytes.length >> 1, 'last bit': bytes.length - 1 };
  switch (decay) {
    case 'missing':
      return store.remove(path);
    case 'empty':
      return store.write(path, new Uint8Array(0));
    case 'half':
      return store.write(path, bytes.subarray(0, bytes.length >> 1));
    default:
      bytes[at[decay]]! ^= 1;
      return store.write(path, bytes);
  }
}
