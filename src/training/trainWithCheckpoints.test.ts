import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import { LabError } from '../foundation/labError';
import { crossEntropyLoss } from '../methods/vanilla/vanilla';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { colourDataset } from '../testing/colourDataset';
import { colourModel } from '../testing/colourModel';
import { startWasmAndCpu } from '../testing/computeOn';
import { packCheckpoint, unpackCheckpoint } from './checkpointFile';
import { type CheckpointSlot, checkpointSlot, releaseSlot } from './checkpointSlot';
import { readWeights } from './networkWeights';
import { isTrainingOver, type TrainingCheckpoint } from './trainingCheckpoint';
import { planOfLoss } from './trainingPlan';
import { defaultFineTune, type TrainSettings } from './trainSettings';
import { trainWithCheckpoints } from './trainWithCheckpoints';

const vanillaPlan = planOfLoss(crossEntropyLoss);

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
const request = (model: LabModel) => ({ model, dataset, settings, plan: vanillaPlan, seed: 2 });
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
  it('gives back what was packed', async () => {
    expect(await unpackCheckpoint(await packCheckpoint(checkpoint))).toEqual(checkpoint);
    const ended: TrainingCheckpoint = { ...checkpoint, best: null, ended: { endedBy: 'finish-now', keptEpoch: null } };
    expect(await unpackCheckpoint(await packCheckpoint(ended))).toEqual(ended);
  });

  it('of an earlier version, which had no checksum, still opens', async () => {
    const bytes = await packCheckpoint(checkpoint);
    const earlier = new Uint8Array([...new TextEncoder().encode('SNNLCKP1'), ...bytes.subarray(8 + 32)]);
    expect(await unpackCheckpoint(earlier)).toEqual(checkpoint);
  });

  it.each([
    ['cut short', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, bytes.length - 4)],
    ['cut within its description', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, 60)],
    ['cut within its checksum', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, 20)],
    ['of another kind', (bytes: Uint8Array<ArrayBuffer>) => bytes.fill(65, 0, 8)],
    ['empty', () => new Uint8Array()],
    ['with a damaged description', (bytes: Uint8Array<ArrayBuffer>) => bytes.fill(33, 46, 52)],
  ])('that is %s is refused by name', async (_, damage) => {
    await expect(unpackCheckpoint(damage(await packCheckpoint(checkpoint)))).rejects.toMatchObject({
      code: 'checkpoint-unreadable',
    });
  });

  it('with any one bit flipped is refused by name', async () => {
    const bytes = await packCheckpoint(checkpoint);
    for (const at of bytes.keys()) {
      const rotten = bytes.slice();
      rotten[at]! ^= 1;
      await expect(unpackCheckpoint(rotten)).rejects.toMatchObject({ code: 'checkpoint-unreadable' });
    }
  });
});

describe('trainWithCheckpoints', () => {
  beforeAll(startWasmAndCpu);

  async function uninterrupted(): Promise<Float32Array[]> {
    const model = freshModel();
    const slot = checkpointSlot(createMemoryFileStore(), 'c');
    const outcome = await trainWithCheckpoints(request(model), slot, createSilentContext());
    expect(outcome).toMatchObject({ endedBy: 'epochs', keptEpoch: 4, notes: [] });
    // It still holds the end of the training, until what comes of it is stored.
    expect((await slot.read())!.epoch).toBe(4);
    await releaseSlot(slot);
    expect(await slot.read()).toBeNull();
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

  const over: [string, Partial<TrainSettings>, string | null][] = [
    ['after its last epoch', {}, null],
    // Each epoch's loss would have to fall by 10: the first epoch stays the best one.
    ['by early stopping', { earlyStopping: { patienceEpochs: 2, minDelta: 10 } }, null],
    ['by the user, in its third epoch', {}, 'Epoch 3 of 4'],
    ['by the user, before an epoch was done', {}, 'Epoch 1 of 4'],
  ];
  it.each(over)(
    'that ended %s is not trained again: the same weights and the same outcome',
    async (_, change, stage) => {
      const slot = checkpointSlot(createMemoryFileStore(), 'c');
      const control = createJobControl('training', (progress) => {
        if (progress.stage === stage) control.finishNow();
      });
      const ended = { ...settings, ...change };
      const first = freshModel();
      const outcome = await trainWithCheckpoints({ ...request(first), settings: ended }, slot, control.context);

      const second = freshModel();
      const epochs: number[] = [];
      const again = await trainWithCheckpoints(
        { ...request(second), settings: ended },
        slot,
        createSilentContext(),
        ({ epoch }) => epochs.push(epoch),
      );
      expect(epochs).toEqual([]);
      expect(again).toEqual(outcome);
      expect(await readWeights(second)).toEqual(await readWeights(first));
      expect(isTrainingOver(ended, (await slot.read())!)).toBe(true);
      disposeModel(first);
      disposeModel(second);
    },
  );

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
