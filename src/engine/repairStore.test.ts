import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../artifacts/fileStore';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { datasetId, runId, trainingId } from '../foundation/ids';
import { openPredictionShelf, predictionsFolder } from '../recipe/predictionArchive';
import { keepRecord } from '../recipe/runArchive';
import { atEveryOperation, faults } from '../testing/faultyFileStore';
import { handMadeRecord } from '../testing/handMadeRecord';
import { defaultFineTune } from '../training/trainSettings';
import { repairStore } from './repairStore';
import { trainingSlot } from './trainingArchive';

let store: FileStore;
const bytes = Uint8Array.of(1, 2, 3);
const body = (name: string) => `0123456789ab-${name}`;
const write = (...paths: string[]) => Promise.all(paths.map((path) => store.write(path, bytes)));

/** All paths of a store. */
async function pathsOf(where: FileStore, folder = ''): Promise<string[]> {
  const names = await where.list(folder);
  const below = names.map((name) => pathsOf(where, folder === '' ? name : `${folder}/${name}`));
  const found = (await Promise.all(below)).flat();
  return names.length === 0 && folder !== '' ? [folder] : found;
}

beforeEach(() => {
  store = createMemoryFileStore();
});

describe('the check at the start', () => {
  it('says nothing and touches nothing where all is well', async () => {
    await write(
      `models/m/${body('weights.bin')}`,
      'models/m/head.json',
      'models/old/lab.json',
      'models/old/weights.bin',
    );
    await write('runs/r.json', 'models/r~snnl~1/head.json', 'datasets/d/manifest.json', 'trainings/t/head.json');
    const before = await pathsOf(store);
    expect(await repairStore(store)).toEqual([]);
    expect(await pathsOf(store)).toEqual(before);
  });

  it('removes what was cut off while it was stored, and says so', async () => {
    await write(
      `models/cut/${body('weights.bin')}`,
      'models/older/weights.bin',
      `trainings/t/${body('checkpoint.bin')}`,
      'datasets/d/records.json',
      'models/m/head.json.partial',
    );
    const said = await repairStore(store);
    expect(await pathsOf(store)).toEqual([]);
    expect(said).toHaveLength(5);
    expect(said.join(' ')).toContain('what it left was cleared away: models/m/head.json.');
    for (const id of ['model cut', 'model older', 'training t', 'dataset d']) {
      expect(said.join(' ')).toContain(`The ${id} was cut off`);
    }
    expect(await repairStore(store)).toEqual([]);
  });

  it('removes the models and checkpoints of runs that are gone, and of no others', async () => {
    await write('runs/here.json', 'models/here~snnl~1/head.json', 'run-checkpoints/here/snnl~2.bin');
    await write('models/gone~snnl~1/head.json', 'run-checkpoints/gone/snnl~2.bin');
    await repairStore(store);
    expect(await pathsOf(store)).toEqual([
      'models/here~snnl~1/head.json',
      'run-checkpoints/here/snnl~2.bin',
      'runs/here.json',
    ]);
  });

  it('removes checkpoints of rounds that are in the record, and keeps that of the round under way', async () => {
    const record = handMadeRecord();
    await keepRecord(store, null, record);
    const { arm, rounds } = record.arms[0]!;
    const folder = `run-checkpoints/${record.id}`;
    await write(`${folder}/${arm}~${rounds.length}.bin`, `${folder}/${arm}~${rounds.length + 1}.bin`);
    await repairStore(store);
    expect(await store.list(folder)).toEqual([`${arm}~${rounds.length + 1}.bin`]);
  });

  it('removes bodies that a head no longer names, and files of an earlier version beside it', async () => {
    const id = trainingId('t');
    const architecture = { name: 'small-cnn', imageSize: 16, classCount: 2, widthMultiplier: 0.125, seed: 1 } as const;
    const shared = { datasetId: datasetId('d'), name: 'tiny', settings: defaultFineTune, seed: 1 };
    const slot = trainingSlot(store, id, { ...shared, architecture });
    const checkpoint = { epoch: 1, weights: [], optimizer: { steps: 0, slots: {} }, best: null, history: [] };
    await slot.write(checkpoint);
    const before = await pathsOf(store);
    await write(`trainings/t/${body('checkpoint.bin')}`, 'trainings/t/request.json');
    expect(await repairStore(store)).toEqual(['Files that the training t no longer needs were removed.']);
    expect(await pathsOf(store)).toEqual(before);
    expect(await slot.read()).toEqual(checkpoint);
  });

  it('removes predictions of a run that were cut off while they were stored, and files that they no longer need', async () => {
    const { id } = handMadeRecord();
    const folder = predictionsFolder(id);
    const shelf = openPredictionShelf(store, id);
    const name = { split: 'validation', round: null } as const;
    const attributes = [{ name: 'sex', groupNames: ['women', 'men'], groups: Int32Array.of(0, 1) }];
    const [labels, predicted] = [Int32Array.of(0, 1), Int32Array.of(0, 0)];
    const kept = { classNames: ['a', 'b'], labels, predicted, attributes, clusters: null, scores: null };
    await shelf.keep(name, kept);
    await write(`runs/${id}/head.json`);
    const before = await pathsOf(store);
    await write(`${folder}/validation~snnl~1/${body('samples')}`, `${folder}/validation~unpruned/${body('samples')}`);
    expect(await repairStore(store)).toEqual([
      `The predictions validation~snnl~1 of the run ${id} were cut off while they were stored, and were removed.`,
      `Files that the predictions validation~unpruned of the run ${id} no longer need were removed.`,
    ]);
    expect(await pathsOf(store)).toEqual(before);
    expect(await shelf.read(name)).toEqual(kept);
  });

  it('leaves all that lies beside a head that cannot be read', async () => {
    await write('models/m/head.json', `models/m/${body('weights.bin')}`, 'models/m/ba9876543210-weights.bin');
    const before = await pathsOf(store);
    expect(await repairStore(store)).toEqual([]);
    expect(await pathsOf(store)).toEqual(before);
  });

  it('leaves what it does not know', async () => {
    await write('models/cut/notes.txt', `models/cut/${body('weights.bin')}`, 'trainings/t/notes.txt', 'other/thing');
    await write('datasets/d/notes.txt', 'readme');
    const before = await pathsOf(store);
    expect(await repairStore(store)).toEqual([]);
    expect(await pathsOf(store)).toEqual(before);
  });

  it('leaves what another has', async () => {
    await write(`models/m/${body('weights.bin')}`, 'models/gone~snnl~1/head.json', 'run-checkpoints/gone/snnl~2.bin');
    const before = await pathsOf(store);
    await store.ownership.own('model/m', () =>
      store.ownership.own('run/gone', async () => {
        expect(await repairStore(store)).toEqual([]);
      }),
    );
    expect(await pathsOf(store)).toEqual(before);
    expect(await repairStore(store)).toHaveLength(3);
  });

  it.each(faults)('ends its work at the next start when it meets the fault "%s" at any operation', async (fault) => {
    await atEveryOperation(fault, async (breakStore) => {
      store = createMemoryFileStore();
      await write(`models/cut/${body('weights.bin')}`, `models/cut/${body('lab.json')}`, 'models/whole/head.json');
      await write(
        'models/gone~snnl~1/head.json',
        `models/gone~snnl~1/${body('weights.bin')}`,
        'datasets/d/records.json',
      );
      await write(`trainings/${trainingId('t')}/${body('checkpoint.bin')}`, `run-checkpoints/${runId('gone')}/a~1.bin`);
      await repairStore(breakStore(store));
      await repairStore(store);
      expect(await pathsOf(store)).toEqual(['models/whole/head.json']);
    });
  });
});
