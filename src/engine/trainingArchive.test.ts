import { getBackend, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import type { FileStore } from '../artifacts/fileStore';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { startCompute } from '../compute/startCompute';
import { type DatasetId, trainingId } from '../foundation/ids';
import { labVersion } from '../foundation/version';
import { atEveryOperation, type Fault } from '../testing/faultyFileStore';
import type { TrainingCheckpoint } from '../training/trainingCheckpoint';
import { defaultFineTune } from '../training/trainSettings';
import type { EngineHost } from './engineHost';
import { jobHandlers } from './jobs/jobHandlers';
import { createLocalEngine } from './localEngine';
import type { JobName, JobParams } from './protocol/jobMap';
import { listTrainings, loadTraining, type TrainingRequest, trainingSlot } from './trainingArchive';
import { Workspace } from './workspace';

const request: TrainingRequest = {
  datasetId: 'demo' as DatasetId,
  name: 'tiny',
  architecture: { name: 'small-cnn', imageSize: 16, classCount: 5, widthMultiplier: 0.125, seed: 1 },
  settings: { ...defaultFineTune, epochs: 2, batchSize: 16 },
  seed: 1,
};
const id = trainingId('t');
const checkpointAt = (epoch: number): TrainingCheckpoint => ({
  epoch,
  weights: [Float32Array.of(epoch)],
  optimizer: { steps: 0, slots: {} },
  best: null,
  history: [],
});

describe('the slot of a training', () => {
  it('is listed with its epoch and its size, and says when only the model is still to be stored', async () => {
    const store = createMemoryFileStore();
    const slot = trainingSlot(store, id, request);
    await slot.write(checkpointAt(1));
    const described = { id, name: 'tiny', datasetId: 'demo', epoch: 1, epochs: 2, isTrained: false };
    const headBytes = async () => (await store.read('trainings/t/head.json'))!.length;
    expect(await listTrainings(store)).toEqual({
      trainings: [{ ...described, storedBytes: (await store.sizeOf('trainings/t')) - (await headBytes()) }],
      unreadable: [],
    });
    await slot.write(checkpointAt(2));
    expect((await listTrainings(store)).trainings[0]).toMatchObject({ epoch: 2, isTrained: true });
  });

  it('whose head is damaged is listed as such, and can be deleted', async () => {
    const store = createMemoryFileStore();
    const slot = trainingSlot(store, id, request);
    await slot.write(checkpointAt(1));
    await store.write('trainings/t/head.json', new Uint8Array([1]));
    const reason = expect.stringContaining('trainings/t/head.json is damaged');
    expect(await listTrainings(store)).toEqual({ trainings: [], unreadable: [{ id, reason }] });
    await slot.remove();
    expect(await listTrainings(store)).toEqual({ trainings: [], unreadable: [] });
  });

  it('of an earlier version opens, and leaves its old files with the next checkpoint', async () => {
    const store = createMemoryFileStore();
    const slot = trainingSlot(store, id, request);
    await slot.write(checkpointAt(1));
    const body = (await store.list('trainings/t')).find((name) => name.endsWith('checkpoint.bin'))!;
    const checkpoint = (await store.read(`trainings/t/${body}`))!;
    await store.remove('trainings/t');
    await store.write('trainings/t/checkpoint.bin', checkpoint);
    await store.write('trainings/t/request.json', new TextEncoder().encode(JSON.stringify({ epoch: 1, request })));

    expect(await loadTraining(store, id)).toEqual(request);
    expect(await slot.read()).toEqual(checkpointAt(1));
    await slot.write(checkpointAt(2));
    expect(await slot.read()).toEqual(checkpointAt(2));
    expect(await store.list('trainings/t')).toHaveLength(2);
  });

  it.each<Fault>(['fail', 'torn', 'full', 'die', 'die-within'])(
    'has the checkpoint and the epoch of one moment when writing meets the fault "%s" at any operation',
    async (fault) => {
      await atEveryOperation(fault, async (breakStore) => {
        const store = createMemoryFileStore();
        await trainingSlot(store, id, request).write(checkpointAt(1));
        const written = await trainingSlot(breakStore(store), id, request)
          .write(checkpointAt(2))
          .then(
            () => true,
            () => false,
          );
        const checkpoint = (await trainingSlot(store, id, request).read())!;
        const [listed] = (await listTrainings(store)).trainings;
        expect(checkpoint).toEqual(checkpointAt(listed!.epoch));
        if (written) expect(listed!.epoch).toBe(2);
      });
    },
  );
});

describe('a training on a store that fails', () => {
  let host: Omit<EngineHost, 'store'>;
  let filled: FileStore;
  let datasetId: DatasetId;
  let expected: string;

  beforeAll(async () => {
    const backend = await startCompute({ prefer: 'wasm', wasmPath: `${wasmFolder()}/` });
    host = {
      environment: { ...backend, labVersion },
      decoder: 'tests',
      decodeImage: () => Promise.reject(new Error('No image is decoded here.')),
      readDemoFile: () => Promise.reject(new Error('No demo file is read here.')),
      withBackend: (name, work) => (name === getBackend() ? work() : Promise.reject(new Error(`No ${name} here.`))),
    };
    filled = createMemoryFileStore();
    datasetId = (await run(filled, 'generateDemo', { settings: { bias: 1, count: 40, imageSize: 16, seed: 5 } })).id;
    expected = (await run(await copyOf(filled), 'trainModel', { ...request, datasetId })).model.id;
  });

  function run<J extends JobName>(store: FileStore, job: J, params: JobParams<J>) {
    return createLocalEngine(new Workspace({ ...host, store }), jobHandlers).start(job, params).result;
  }

  async function copyOf(store: FileStore): Promise<FileStore> {
    const copy = createMemoryFileStore();
    const visit = async (path: string): Promise<void> => {
      const bytes = await store.read(path);
      if (bytes) return copy.write(path, bytes);
      for (const name of await store.list(path)) await visit(path === '' ? name : `${path}/${name}`);
    };
    await visit('');
    return copy;
  }

  it.each<Fault>(['fail', 'full', 'die'])(
    'keeps its model or can be gone on with to the same model, when the fault "%s" comes at any operation',
    async (fault) => {
      const lost: number[] = [];
      const before = memory().numTensors;
      const count = await atEveryOperation(fault, async (breakStore, operation) => {
        const store = await copyOf(filled);
        const made = await run(breakStore(store), 'trainModel', { ...request, datasetId }).then(
          ({ model }) => model.id,
          () => null,
        );
        if (made) expect(made).toBe(expected);
        const { trainings } = await run(store, 'listInventory', {});
        for (const { id: trainingId } of trainings) {
          const { model, notes } = await run(store, 'resumeTraining', { trainingId });
          expect(model.id).toBe(expected);
          expect(notes).toEqual([]);
        }
        const { models, unreadableModels } = await run(store, 'listInventory', {});
        expect(unreadableModels).toEqual([]);
        if (models.length === 0) lost.push(operation);
        else expect(models.map((model) => model.id)).toEqual([expected]);
      });
      expect(count).toBeGreaterThan(8);
      expect(memory().numTensors).toBe(before);
      // The first operation is the check at the start. Until the first checkpoint is durable, and on a disk that was full before it, nothing can be kept.
      expect(lost).toEqual(fault === 'fail' ? [] : [1, 2, 3]);
    },
    60_000,
  );
});
