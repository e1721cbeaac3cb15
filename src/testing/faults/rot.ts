import type { FileStore } from '../../artifacts/fileStore';
import type { LabEngine } from '../../engine/labEngine';
import { toErrorData } from '../../foundation/labError';
import { sha256Hex } from '../../foundation/sha256Hex';
import { clearAway } from './clearAway';
import { type FaultBench, filesOf } from './faultBench';
import { withoutIdsAndTimes } from './withoutIdsAndTimes';

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
export async function useAll(
  engine: LabEngine,
  { datasetId, modelId, runId, roundModelId }: FaultBench,
): Promise<Holdings> {
  const had = new Map<string, string>();
  const have = async (name: string, use: () => Promise<unknown>) => had.set(name, await hashOrCode(use));
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
    return [await sha256Hex(pixels), found.samples, withoutIdsAndTimes(scores)];
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
  await have('run', async () => withoutIdsAndTimes(runs.find(({ id }) => id === runId)) ?? unlisted);
  return had;
}

/** Lets one file decay, uses everything and looks for what differs without a word. */
export async function letRot(bench: FaultBench, before: Holdings, path: string, decay: Decay): Promise<Rot> {
  const store = await bench.copy();
  await spoil(store, path, decay);
  const engine = bench.open(store);
  const problems: string[] = [];
  const told = new Set<string>();
  try {
    for (const [name, had] of await useAll(engine, bench)) {
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
  problems.push(...(await clearAway(engine, store)));
  return { path, decay, told: [...told].sort(), problems };
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

async function hashOrCode(use: () => Promise<unknown>): Promise<string> {
  try {
    const value = await use();
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
