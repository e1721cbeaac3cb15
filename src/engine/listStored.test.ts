import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../artifacts/fileStore';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { storeDataset } from '../dataset/stored/storeDataset';
import { modelId, runId } from '../foundation/ids';
import { buildArchitecture } from '../model/architectures/buildArchitecture';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { deleteModel, listModelIds, loadModel, saveModel } from '../model/modelStore';
import { keepRecord } from '../recipe/runArchive';
import type { RunRecord } from '../recipe/runRecord';
import { startWasmAndCpu } from '../testing/computeOn';
import { makeTestFields } from '../testing/dataset/makeTestFields';
import { atEveryOperation, faults } from '../testing/faultyFileStore';
import { handMadeRecord } from '../testing/handMadeRecord';
import { watchReads } from '../testing/watchReads';
import type { EngineHost } from './engineHost';
import { jobHandlers } from './jobs/jobHandlers';
import { createLocalEngine } from './localEngine';
import type { JobName, JobParams, StoredTarget } from './protocol/jobMap';
import { Workspace } from './workspace';

let store: FileStore;
let model: LabModel;
const run = runId('r');

beforeAll(async () => {
  await startWasmAndCpu();
  model = buildArchitecture(
    { name: 'small-cnn', imageSize: 16, classCount: 2, widthMultiplier: 0.125, seed: 1 },
    {
      id: modelId('kept'),
      name: 'tiny',
      classNames: ['a', 'b'],
      preprocessing: { imageSize: 16, mean: [0, 0, 0], std: [1, 1, 1] },
    },
  );
});

/** A finished run of one arm and four rounds of 1000, 2000, 3000, 4000 bytes. It reports the second: the others have no FATE. */
function finishedRun(): RunRecord {
  const record = handMadeRecord();
  const [pattern] = record.arms[0]!.rounds;
  const rounds = [1, 2, 3, 4].map((round) => ({
    ...pattern!,
    round,
    evaluation: round === 2 ? pattern!.evaluation : { ...pattern!.evaluation, fate: null },
    modelId: modelId(`r~snnl~${round}`),
    bytes: 1000 * round,
  }));
  return { ...record, id: run, status: 'finished', arms: [{ arm: 'snnl', rounds, stop: null, chosenRound: 2 }] };
}

function start<J extends JobName>(job: J, params: JobParams<J>) {
  return createLocalEngine(new Workspace({ store } as EngineHost), jobHandlers).start(job, params).result;
}

beforeEach(async () => {
  store = createMemoryFileStore();
  for (const round of [1, 2, 3, 4]) await saveModel(store, { ...model, id: modelId(`r~snnl~${round}`) });
  await keepRecord(store, null, finishedRun());
});

describe('what is stored', () => {
  it('has a size each, largest first, and says what may go', async () => {
    await saveModel(store, model);
    await store.write('models/broken/head.json', new Uint8Array(50_000));
    const { stored } = await start('listInventory', {});
    const sizeOf = (kind: string, id: string) =>
      stored.find(({ target }) => target.kind === kind && target.id === id)?.bytes;
    const headBytes = (await store.read('models/kept/head.json'))!.length;
    expect(sizeOf('model', 'kept')).toBe((await store.sizeOf('models/kept')) - headBytes);
    expect(sizeOf('model', 'broken')).toBe(50_000);
    // Rounds 1 and 3: neither reported nor last.
    expect(sizeOf('run-rounds', run)).toBe(4000);
    expect(sizeOf('run', run)).toBe((await store.sizeOf('runs')) + 10_000);
    const sizes = stored.map(({ bytes }) => bytes);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    const freeable = stored.filter((part) => part.freeable !== null).map(({ target }) => `${target.kind} ${target.id}`);
    expect(freeable.toSorted()).toEqual(['model broken', 'run-rounds r']);
  });

  it('has every kind of the rest as well', async () => {
    await store.write('trainings/t/head.json', new Uint8Array(7));
    await store.write('datasets/d/manifest.json', new Uint8Array(9));
    const { stored } = await start('listInventory', {});
    expect(stored.map(({ target, bytes }) => [target.kind, target.id, bytes])).toEqual(
      expect.arrayContaining([
        ['training', 't', 7],
        ['dataset', 'd', 9],
      ]),
    );
  });
});

describe('the inventory', () => {
  it('reads no body, no journal and no samples', async () => {
    await saveModel(store, model);
    const pixels = new Uint8Array(6 * 2 * 2 * 3);
    const { id, imageSetId } = await storeDataset(store, makeTestFields(6, 2), pixels);
    const { watched, read } = watchReads(store);
    store = watched;
    const inventory = await start('listInventory', {});
    expect(inventory).toMatchObject({
      datasets: [{ id, imageCount: 6 }],
      models: [{ id: model.id }],
      runs: [{ id: run, status: 'finished', arms: [{ chosenRound: 2 }] }],
    });
    const others = read.filter((path) => !path.endsWith('/head.json'));
    // Of images their manifest, and which files they were.
    expect(others).toEqual([
      `imagesets/${imageSetId}/manifest.json`,
      expect.stringContaining(`imagesets/${imageSetId}/`),
    ]);
  });
});

describe('letting the old rounds of a run go', () => {
  it('deletes their models alone: the record stays whole, and the reported round and the last one stay', async () => {
    const before = await start('listInventory', {});
    const after = await start('deleteStored', { kind: 'run-rounds', id: run });
    expect(await listModelIds(store)).toEqual(['r~snnl~2', 'r~snnl~4']);
    expect(after.runs).toEqual(before.runs);
    expect(after.stored.map(({ target }) => target.kind)).toEqual(['run']);
  });

  it('reads the journal once', async () => {
    const { watched, read } = watchReads(store);
    store = watched;
    await start('deleteStored', { kind: 'run-rounds', id: run });
    expect(read.filter((path) => path.endsWith('/journal'))).toEqual([`runs/${run}/journal`]);
  });

  it('is said when such a round is branched from later; the reported one can be', async () => {
    await start('deleteStored', { kind: 'run-rounds', id: run });
    const branch = (round: number) => start('keepRound', { modelId: modelId(`r~snnl~${round}`), name: 'branch' });
    await expect(branch(3)).rejects.toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining('round 3 (snnl) of the run r is not kept: old rounds were let go'),
      details: { run: 'r', arm: 'snnl', round: 3 },
    });
    expect((await branch(2)).name).toBe('branch');
  });

  it('touches no run that can be gone on with', async () => {
    await store.remove(`runs/${run}`);
    await keepRecord(store, null, { ...finishedRun(), status: 'cancelled' });
    await start('deleteStored', { kind: 'run-rounds', id: run });
    expect(await listModelIds(store)).toHaveLength(4);
  });
});

describe('on a store that fails', () => {
  /** The files of the filled store, again in a store of their own. */
  async function copyOf(from: FileStore): Promise<FileStore> {
    const copy = createMemoryFileStore();
    const visit = async (path: string): Promise<void> => {
      const bytes = await from.read(path);
      if (bytes) return copy.write(path, bytes);
      for (const name of await from.list(path)) await visit(path === '' ? name : `${path}/${name}`);
    };
    await visit('');
    return copy;
  }

  /** What is there after a job met a fault and the lab was opened again; `done` is whether the job came through. */
  async function after<J extends JobName>(below: FileStore, broken: FileStore, job: J, params: JobParams<J>) {
    store = broken;
    const done = await start(job, params).then(
      () => true,
      () => false,
    );
    store = below;
    return { done, inventory: await start('listInventory', {}) };
  }

  it.each(faults)(
    'a deletion that meets the fault "%s" leaves things whole or gone, and can be done again',
    async (fault) => {
      await saveModel(store, model);
      const filled = store;
      const targets: StoredTarget[] = [
        { kind: 'model', id: model.id },
        { kind: 'run', id: run },
        { kind: 'run-rounds', id: run },
      ];
      for (const target of targets) {
        await atEveryOperation(fault, async (breakStore) => {
          const below = await copyOf(filled);
          const { done, inventory } = await after(below, breakStore(below), 'deleteStored', target);
          expect(inventory.unreadableModels).toEqual([]);
          expect(inventory.unreadableRuns).toEqual([]);
          for (const id of await listModelIds(below)) disposeModel(await loadModel(below, id));
          if (done) expect(inventory.stored.some((part) => isEqual(part.target, target))).toBe(false);
          const again = await start('deleteStored', target);
          expect(again.stored.some((part) => isEqual(part.target, target))).toBe(false);
        });
      }
    },
  );

  it.each(faults)('a branch from a round that meets the fault "%s" is there whole or not at all', async (fault) => {
    const filled = store;
    const branch = { modelId: modelId('r~snnl~2'), name: 'branch' };
    const expected = (await start('keepRound', branch)).id;
    await deleteModel(filled, expected);
    await atEveryOperation(fault, async (breakStore) => {
      const below = await copyOf(filled);
      const { done, inventory } = await after(below, breakStore(below), 'keepRound', branch);
      expect(inventory.unreadableModels).toEqual([]);
      const kept = inventory.models.map(({ id }) => id);
      if (done) expect(kept).toEqual([expected]);
      for (const id of await listModelIds(below)) disposeModel(await loadModel(below, id));
      expect((await start('keepRound', branch)).id).toBe(expected);
    });
  });

  const isEqual = (a: StoredTarget, b: StoredTarget) => a.kind === b.kind && a.id === b.id;
});
