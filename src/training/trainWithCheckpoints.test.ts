import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import { LabError } from '../foundation/labError';
import { vanilla } from '../methods/vanilla';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { colourDataset } from '../testing/colourDataset';
import { colourModel } from '../testing/colourModel';
import { startWasmAndCpu } from '../testing/computeOn';
import { packCheckpoint, unpackCheckpoint } from './checkpointFile';
import { type CheckpointSlot, checkpointSlot } from './checkpointSlot';
import { readWeights, type TrainingCheckpoint } from './trainingCheckpoint';
import { defaultFineTune, type TrainSettings } from './trainSettings';
import { trainWithCheckpoints } from './trainWithCheckpoints';

const dataset = colourDataset(
  Array.from({ length: 24 }, (_, index) => ({
    colour: index % 2 === 0 ? ([200, 60, 30] as const) : ([60, 200, 30] as const),
    label: index % 2,
    group: 0 as const,
    split: index % 4 === 3 ? (1 as const) : (0 as const),
  })),
  2,
  ['red', 'green'],
);
const settings: TrainSettings = {
  ...defaultFineTune,
  epochs: 4,
  batchSize: 4,
  optimizer: { name: 'adam', learningRate: 0.05, weightDecay: 0 },
};
const request = (model: LabModel) => ({ model, dataset, settings, loss: vanilla.loss, seed: 2 });
const freshModel = () =>
  colourModel(
    [
      [0.1, 0],
      [0, 0.1],
      [0, 0],
    ],
    2,
  );

const checkpoint: TrainingCheckpoint = {
  epoch: 2,
  weights: [Float32Array.of(1.5, -2), Float32Array.of()],
  optimizer: { steps: 7, slots: { means: [Float32Array.of(0.25)], squares: [] } },
  best: { epoch: 1, validationLoss: 0.5, weights: [Float32Array.of(3)] },
  history: [
    { epoch: 1, learningRate: 0.1, trainLoss: 1, validationLoss: 0.5, validationAccuracy: 0.75, warning: null },
    { epoch: 2, learningRate: 0.1, trainLoss: 0.9, validationLoss: 2, validationAccuracy: 0.5, warning: 'loss-rose' },
  ],
};

describe('a checkpoint file', () => {
  it('gives back what was packed', () => {
    expect(unpackCheckpoint(packCheckpoint(checkpoint))).toEqual(checkpoint);
  });

  it.each([
    ['cut short', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, bytes.length - 4)],
    ['cut within its description', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, 40)],
    ['of another kind', (bytes: Uint8Array<ArrayBuffer>) => bytes.fill(65, 0, 8)],
    ['empty', () => new Uint8Array()],
    ['with a damaged description', (bytes: Uint8Array<ArrayBuffer>) => bytes.fill(33, 14, 20)],
  ])('that is %s is refused by name', (_, damage) => {
    expect(() => unpackCheckpoint(damage(packCheckpoint(checkpoint)))).toThrow(
      expect.objectContaining({ code: 'checkpoint-unreadable' }),
    );
  });
});

describe('trainWithCheckpoints', () => {
  beforeAll(startWasmAndCpu);

  async function uninterrupted(): Promise<Float32Array[]> {
    const model = freshModel();
    const slot = checkpointSlot(createMemoryFileStore(), 'c');
    const outcome = await trainWithCheckpoints(request(model), slot, createSilentContext());
    expect(outcome).toMatchObject({ endedBy: 'epochs', keptEpoch: 4, notes: [] });
    const weights = await readWeights(model);
    disposeModel(model);
    return weights;
  }

  it('goes on where a cancelled training stood, and ends with the weights of one that was not cancelled', async () => {
    const slot = checkpointSlot(createMemoryFileStore(), 'c');
    const first = freshModel();
    const control = createJobControl('training', ({ stage }) => {
      if (stage === 'Epoch 3 of 4') control.cancel();
    });
    await expect(trainWithCheckpoints(request(first), slot, control.context)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect((await slot.read())!.epoch).toBe(2);

    const second = freshModel();
    const epochs: number[] = [];
    await trainWithCheckpoints(request(second), slot, createSilentContext(), ({ epoch }) => epochs.push(epoch));
    expect(epochs).toEqual([3, 4]);
    expect(await readWeights(second)).toEqual(await uninterrupted());
    disposeModel(first);
    disposeModel(second);
  });

  it('leaves its last checkpoint, from which the same model comes again without an epoch of training', async () => {
    const slot = checkpointSlot(createMemoryFileStore(), 'c');
    const [first, second] = [freshModel(), freshModel()];
    const outcome = await trainWithCheckpoints(request(first), slot, createSilentContext());
    const epochs: number[] = [];
    const again = await trainWithCheckpoints(request(second), slot, createSilentContext(), ({ epoch }) =>
      epochs.push(epoch),
    );
    expect(epochs).toEqual([]);
    expect(again).toEqual(outcome);
    expect(await readWeights(second)).toEqual(await readWeights(first));
    disposeModel(first);
    disposeModel(second);
  });

  it('begins anew and says so when the checkpoint is damaged', async () => {
    const store = createMemoryFileStore();
    await store.write('c', new Uint8Array([1, 2, 3]));
    const model = freshModel();
    const { notes, history } = await trainWithCheckpoints(
      request(model),
      checkpointSlot(store, 'c'),
      createSilentContext(),
    );
    expect(history).toHaveLength(4);
    expect(notes).toEqual(['Training began anew. The checkpoint cannot be read: it does not begin as one.']);
    expect(await readWeights(model)).toEqual(await uninterrupted());
    disposeModel(model);
  });

  it('trains on and says so once when there is no room for checkpoints', async () => {
    const full: CheckpointSlot = {
      read: async () => null,
      write: () => Promise.reject(new LabError({ code: 'quota-exceeded', message: 'No room.', hint: 'Delete.' })),
      remove: async () => undefined,
    };
    const model = freshModel();
    const { notes } = await trainWithCheckpoints(request(model), full, createSilentContext());
    expect(notes).toEqual(['Training went on without a checkpoint. No room.']);
    expect(await readWeights(model)).toEqual(await uninterrupted());
    disposeModel(model);
  });
});
