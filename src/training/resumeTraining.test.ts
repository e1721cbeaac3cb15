import { memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '../foundation/createJobControl';
import { modelId } from '../foundation/ids';
import { crossEntropyLoss } from '../methods/vanilla/vanilla';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { colourDataset } from '../testing/colourDataset';
import { startWasmAndCpu } from '../testing/computeOn';
import { readWeights } from './networkWeights';
import { type TrainingCheckpoint } from './trainingCheckpoint';
import { planOfLoss } from './trainingPlan';
import { trainModel } from './trainModel';
import { defaultFineTune, type TrainSettings } from './trainSettings';

const vanillaPlan = planOfLoss(crossEntropyLoss);

const imageSize = 8;
const dataset = colourDataset(
  Array.from({ length: 40 }, (_, index) => ({
    colour: index % 2 === 0 ? ([200 - index, 60, 30] as const) : ([60, 200 - index, 30] as const),
    label: index % 2,
    group: index % 4 < 2 ? (0 as const) : (1 as const),
    split: index % 4 === 3 ? (1 as const) : (0 as const),
  })),
  imageSize,
  ['red', 'green'],
);

/** With batch normalisation, whose averages are weights that no optimiser moves. Always the same weights. */
function network(): LabModel {
  return {
    id: modelId('net'),
    name: 'net',
    classNames: ['red', 'green'],
    preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    originalChannels: {},
    network: sequential({
      layers: [
        layers.conv2d({
          filters: 8,
          kernelSize: 3,
          padding: 'same',
          useBias: false,
          inputShape: [imageSize, imageSize, 3],
        }),
        layers.batchNormalization({}),
        layers.activation({ activation: 'relu' }),
        layers.globalAveragePooling2d({}),
        layers.dense({ units: 2 }),
      ],
    }),
  };
}

const optimizers: TrainSettings['optimizer'][] = [
  { name: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 1e-4 },
  { name: 'sgd', learningRate: 0.05, momentum: 0, nesterov: false, weightDecay: 1e-2, decoupled: true },
  { name: 'adam', learningRate: 1e-2, weightDecay: 1e-4 },
  { name: 'adamw', learningRate: 1e-2, weightDecay: 1e-2 },
];

describe('a training that was interrupted', () => {
  beforeAll(startWasmAndCpu);

  it.each(optimizers.map((optimizer) => [optimizer.name, optimizer] as const))(
    'ends with the very weights of one that was not: %s',
    async (_, optimizer) => {
      const settings: TrainSettings = {
        ...defaultFineTune,
        epochs: 4,
        batchSize: 8,
        optimizer,
        schedule: { kind: 'cosine', minLearningRate: 1e-4 },
        warmUpEpochs: 2,
        dropout: 0.5,
        labelSmoothing: 0.1,
        gradientClipping: 1,
      };
      const straight = network();
      const start = await readWeights(straight);
      const checkpoints: TrainingCheckpoint[] = [];
      const request = { dataset, settings, plan: vanillaPlan, seed: 3 };
      const whole = await trainModel({ ...request, model: straight }, createSilentContext(), {
        checkpoint: async (checkpoint) => void checkpoints.push(structuredClone(checkpoint)),
      });
      const expected = await readWeights(straight);
      expect(expected).not.toEqual(start);
      expect(checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);

      for (const resumeFrom of checkpoints) {
        const resumed = network();
        const rest = await trainModel({ ...request, model: resumed, resumeFrom }, createSilentContext());
        expect(await readWeights(resumed)).toEqual(expected);
        expect(rest).toEqual(whole);
        disposeModel(resumed);
      }
      disposeModel(straight);
    },
  );

  it('refuses a checkpoint of another network, and leaves no tensor behind', async () => {
    const model = network();
    const before = memory().numTensors;
    const resumeFrom: TrainingCheckpoint = {
      epoch: 1,
      weights: [new Float32Array(3)],
      optimizer: { steps: 1, slots: {} },
      best: { epoch: 1, validationLoss: 1, weights: [] },
      history: [],
    };
    const request = { model, dataset, settings: defaultFineTune, plan: vanillaPlan, seed: 3, resumeFrom };
    await expect(trainModel(request, createSilentContext())).rejects.toMatchObject({ code: 'model-mismatch' });
    expect(memory().numTensors).toBe(before);
    disposeModel(model);
  });

  it('leaves as many tensors and bytes after three trainings as after one', async () => {
    const model = network();
    const settings = { ...defaultFineTune, epochs: 1, batchSize: 8, dropout: 0.2, gradientClipping: 1 };
    const train = () => trainModel({ model, dataset, settings, plan: vanillaPlan, seed: 1 }, createSilentContext());
    await train();
    const { numTensors, numBytes } = memory();
    await train();
    await train();
    expect(memory()).toMatchObject({ numTensors, numBytes });
    disposeModel(model);
  });
});
