import { memory, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCompute } from '../compute/startCompute';
import { labAugmentation, noAugmentation } from '../dataset/batches/augmentation/augmentationPresets';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import { modelId } from '../foundation/ids';
import { crossEntropyLoss } from '../methods/vanilla/vanilla';
import { buildArchitecture } from '../model/architectures/buildArchitecture';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { type ColourSample, colourDataset } from '../testing/colourDataset';
import { colourModel } from '../testing/colourModel';
import { planOfLoss } from './trainingPlan';
import { trainModel } from './trainModel';
import { defaultFineTune, type EpochRecord, type TrainSettings } from './trainSettings';

const vanillaPlan = planOfLoss(crossEntropyLoss);

const imageSize = 8;

/** Reddish and greenish images in turns, so that a linear classifier can tell them apart; every third for validation. */
const samples = Array.from({ length: 48 }, (_, index): ColourSample => {
  const strong = 120 + ((index * 37) % 120);
  const label = index % 2;
  return {
    colour: label === 0 ? [strong, 60, 30] : [60, strong, 30],
    label,
    group: index % 4 < 2 ? 0 : 1,
    split: index % 3 === 2 ? 1 : 0,
  };
});
const dataset = colourDataset(samples, imageSize, ['red', 'green']);

const settings: TrainSettings = {
  ...defaultFineTune,
  epochs: 3,
  batchSize: 8,
  optimizer: { name: 'sgd', learningRate: 0.5, momentum: 0.9, nesterov: true, weightDecay: 0 },
  schedule: { kind: 'constant' },
  sampler: 'class-balanced',
  augmentation: { ...labAugmentation.settings, brightness: 0.1, saturation: 0.1 },
};

beforeAll(() => startCompute({ prefer: 'cpu', wasmPath: '' }));

/** A classifier that is undecided: all logits 0. */
function undecided(): LabModel {
  return colourModel(
    [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    imageSize,
  );
}

/** Five convolutions: enough for one huge step to carry the logits out of float32. */
function deep(): LabModel {
  return buildArchitecture(
    { name: 'small-cnn', imageSize, classCount: 2, widthMultiplier: 0.5, seed: 3 },
    {
      id: modelId('deep'),
      name: 'deep',
      classNames: ['red', 'green'],
      preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    },
  );
}

function train(
  model: LabModel,
  changes: Partial<TrainSettings> = {},
  seed = 1,
  onEpoch?: (record: EpochRecord) => void,
) {
  const request = { model, dataset, settings: { ...settings, ...changes }, plan: vanillaPlan, seed };
  return trainModel(request, createSilentContext(), { epoch: onEpoch });
}

async function trainedWeights(changes: Partial<TrainSettings>, seed: number): Promise<number[][]> {
  const model = deep();
  await train(model, { epochs: 1, ...changes }, seed);
  const weights = model.network.getWeights().map((weight) => Array.from(weight.dataSync()));
  disposeModel(model);
  return weights;
}

const sgd = (learningRate: number): TrainSettings['optimizer'] => ({
  name: 'sgd',
  learningRate,
  momentum: 0.9,
  nesterov: true,
  weightDecay: 0,
});

describe('trainModel', () => {
  it('lowers the loss from that of a guess on data that can be told apart, until every image is right', async () => {
    const model = undecided();
    const { history } = await train(model, { epochs: 8 });
    const losses = history.map(({ trainLoss }) => trainLoss);
    expect(losses[0]).toBeLessThan(Math.log(2));
    expect(losses.at(-1)).toBeLessThan(0.1 * losses[0]!);
    expect(history.at(-1)!.validationLoss).toBeLessThan(0.1 * Math.log(2));
    expect(history.at(-1)!.validationAccuracy).toBe(1);
    disposeModel(model);
  });

  it('leaves the weights alone in no epochs, and gives no record', async () => {
    const model = undecided();
    expect(await train(model, { epochs: 0 })).toEqual({ history: [], endedBy: 'epochs', keptEpoch: null });
    expect(model.network.getWeights().flatMap((weight) => Array.from(weight.dataSync()))).toEqual(Array(8).fill(0));
    disposeModel(model);
  });

  it('takes one plain step of gradient descent as worked by hand', async () => {
    const model = undecided();
    const one: ColourSample = { colour: [255, 51, 0], label: 0, group: 0, split: 0 };
    const plain: TrainSettings = {
      ...settings,
      epochs: 1,
      optimizer: { name: 'sgd', learningRate: 0.2, momentum: 0, nesterov: false, weightDecay: 0 },
      sampler: 'plain',
      augmentation: noAugmentation.settings,
    };
    const { history } = await trainModel(
      {
        model,
        dataset: colourDataset([one, { ...one, label: 1, split: 1 }], imageSize, ['red', 'green']),
        settings: plain,
        plan: vanillaPlan,
        seed: 1,
      },
      createSilentContext(),
    );
    const [record] = history;
    // Features 1, 0.2, 0; probabilities ½, ½, so the gradient of the logits is -½, ½. Step 0.2 against it.
    const [kernel, bias] = model.network.getWeights().map((weight) => Array.from(weight.dataSync()));
    const expected = [0.1, -0.1, 0.02, -0.02, 0, 0];
    for (const [index, value] of expected.entries()) expect(kernel![index]).toBeCloseTo(value, 6);
    expect(bias![0]).toBeCloseTo(0.1, 6);
    expect(bias![1]).toBeCloseTo(-0.1, 6);
    expect(record!.trainLoss).toBeCloseTo(Math.log(2), 6);
    // Logits ±(0.1 + 0.2 · 0.02 + 0.1) = ±0.204; the validation image is the same with the other label.
    expect(record!.validationLoss).toBeCloseTo(Math.log(1 + Math.exp(0.408)), 6);
    expect(record!.validationAccuracy).toBe(0);
    disposeModel(model);
  });

  it('the same seed gives the same weights to the bit, another seed gives others', async () => {
    const first = await trainedWeights({}, 5);
    expect(await trainedWeights({}, 5)).toEqual(first);
    expect(await trainedWeights({}, 6)).not.toEqual(first);
  });

  it('writes the schedule’s rates and every epoch’s number into the records, and tells of each as it ends', async () => {
    const model = undecided();
    const told: EpochRecord[] = [];
    const schedule = { kind: 'step' as const, stepEpochs: 2, gamma: 0.5 };
    const { history } = await train(model, { epochs: 5, schedule }, 1, (record) => told.push(record));
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    expect(history.map(({ learningRate }) => learningRate)).toEqual([0.5, 0.5, 0.25, 0.25, 0.125]);
    expect(told).toEqual(history);
    disposeModel(model);
  });

  it('moves by the scheduled rate: a rate that falls to nothing ends the training', async () => {
    const [model, shorter] = [undecided(), undecided()];
    const schedule = { kind: 'step' as const, stepEpochs: 1, gamma: 1e-30 };
    const optimizer = { ...settings.optimizer, name: 'sgd' as const, momentum: 0, nesterov: false };
    await train(model, { epochs: 3, schedule, optimizer });
    await train(shorter, { epochs: 1, schedule, optimizer });
    const [kernel, expected] = [model, shorter].map(({ network }) => Array.from(network.getWeights()[0]!.dataSync()));
    expect(kernel).toEqual(expected);
    disposeModel(model);
    disposeModel(shorter);
  });

  it.each([
    { what: 'within its first epoch', learningRate: 1e30, batchSize: 8 },
    // One batch: the training loss is that of the weights before the only step, so the validation loss alone tells.
    { what: 'in the only step of an epoch', learningRate: 1e30, batchSize: 64 },
    { what: 'at a rate of 10,000', learningRate: 1e4, batchSize: 8 },
  ])('says that training diverged $what', async ({ learningRate, batchSize }) => {
    const model = deep();
    const before = memory().numTensors;
    const told: EpochRecord[] = [];
    const training = train(model, { epochs: 1, batchSize, optimizer: sgd(learningRate) }, 1, (record) =>
      told.push(record),
    );
    await expect(training).rejects.toMatchObject({ code: 'training-diverged', details: { epoch: 1, learningRate } });
    expect(told).toEqual([]);
    expect(memory().numTensors).toBe(before);
    disposeModel(model);
  });

  it('stops between batches when it is cancelled, with its tensors gone', async () => {
    const model = undecided();
    const before = memory().numTensors;
    const control = createJobControl('training', () => control.cancel());
    const request = { model, dataset, settings, plan: vanillaPlan, seed: 1 };
    await expect(trainModel(request, control.context)).rejects.toMatchObject({ code: 'cancelled' });
    expect(memory().numTensors).toBe(before);
    disposeModel(model);
  });

  it('ends when the validation loss has not fallen for as long as its patience, and keeps the best epoch', async () => {
    const model = undecided();
    const kept: number[][] = [];
    const request = {
      model,
      dataset,
      // No epoch lowers a loss that starts at ln 2 by 1: the first one stays the best.
      settings: { ...settings, epochs: 60, earlyStopping: { patienceEpochs: 2, minDelta: 1 } },
      plan: vanillaPlan,
      seed: 1,
    };
    const { history, endedBy, keptEpoch } = await trainModel(request, createSilentContext(), {
      checkpoint: async ({ weights }) => void kept.push(Array.from(weights[0]!)),
    });
    expect(endedBy).toBe('early-stopping');
    expect(keptEpoch).toBe(1);
    expect(history).toHaveLength(3);
    expect(kept[2]).not.toEqual(kept[0]);
    expect(Array.from(model.network.getWeights()[0]!.dataSync())).toEqual(kept[0]);
    disposeModel(model);
  });

  it('finishes when it is asked to, between two batches, and keeps the best epoch so far', async () => {
    const model = undecided();
    let best: number[] = [];
    const control = createJobControl('training', ({ stage }) => {
      if (stage === 'Epoch 3 of 9') control.finishNow();
    });
    const request = { model, dataset, settings: { ...settings, epochs: 9 }, plan: vanillaPlan, seed: 1 };
    const outcome = await trainModel(request, control.context, {
      checkpoint: async (checkpoint) => {
        best = Array.from(checkpoint.best!.weights[0]!);
      },
    });
    expect(outcome).toMatchObject({ endedBy: 'finish-now', keptEpoch: 2 });
    expect(outcome.history).toHaveLength(2);
    expect(Array.from(model.network.getWeights()[0]!.dataSync())).toEqual(best);
    disposeModel(model);
  });

  it('notes that all validation images get one class', async () => {
    const model = undecided();
    const { history } = await train(model, { epochs: 1, optimizer: sgd(1e-9) });
    expect(history[0]!.warning).toBe('one-class');
    disposeModel(model);
  });

  it('smooths labels as torch 1.13 CrossEntropyLoss(label_smoothing=0.1) does', async () => {
    const loss = crossEntropyLoss({
      logits: tensor2d([
        [1, 2, -1],
        [0, 0.5, 3],
      ]),
      labels: tensor1d([1, 0], 'int32'),
      classCount: 3,
      labelSmoothing: 0.1,
    });
    expect((await loss.data())[0]).toBeCloseTo(1.74477592090211, 6);
  });
});
