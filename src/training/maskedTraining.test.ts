import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { createSilentContext } from '../foundation/createJobControl';
import { modelId } from '../foundation/ids';
import { crossEntropyLoss } from '../methods/vanilla/vanilla';
import { copyModel } from '../model/copyModel';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { applyWeightMasks } from '../model/masks/applyWeightMasks';
import { heldZeros } from '../model/masks/heldZeros';
import { isHeldAtZero } from '../model/masks/weightMask';
import { loadModel, saveModel } from '../model/modelStore';
import { applyPruning } from '../model/surgery/applyPruning';
import { planPruning } from '../model/surgery/planPruning';
import { colourDataset } from '../testing/colourDataset';
import { startWasmAndCpu } from '../testing/computeOn';
import { bitsOf, randomMasks } from '../testing/randomMasks';
import { randomModel } from '../testing/randomNetwork';
import { readWeights } from './networkWeights';
import type { TrainingCheckpoint } from './trainingCheckpoint';
import { planOfLoss } from './trainingPlan';
import { trainModel } from './trainModel';
import { defaultFineTune, type TrainSettings } from './trainSettings';

beforeAll(startWasmAndCpu);

const imageSize = 6;
const dataset = colourDataset(
  Array.from({ length: 40 }, (_, index) => ({
    colour: [200 - index, 60 + ((index * 7) % 90), 30] as const,
    label: index % 3,
    group: index % 4 < 2 ? (0 as const) : (1 as const),
    split: index % 4 === 3 ? (1 as const) : (0 as const),
  })),
  imageSize,
  ['a', 'b', 'c'],
);

/** Random masks on every weight, and two silenced channels beside them. */
function maskedModel(): LabModel {
  const network = sequential({
    layers: [
      layers.conv2d({ name: 'conv1', filters: 8, kernelSize: 3, inputShape: [imageSize, imageSize, 3] }),
      layers.batchNormalization({ name: 'bn1' }),
      layers.activation({ name: 'relu1', activation: 'relu' }),
      layers.conv2d({ name: 'conv2', filters: 6, kernelSize: 3 }),
      layers.flatten({ name: 'flatten' }),
      layers.dense({ name: 'logits', units: 3 }),
    ],
  });
  const free = randomModel(network, 7);
  const silent = applyPruning(free, planPruning(free, { conv2: [1, 4] }, 'branch-zero'), modelId('silent'));
  return applyWeightMasks(silent, randomMasks(free, 8), modelId('masked'));
}

/** All bits but the sign. */
const magnitude = 0x7fffffff;

/** Bits of what masks and silenced slices hold at zero, and how many weights are not zero. */
function heldBits(model: LabModel) {
  const bits = bitsOf(model);
  const masked = model.weightMasks!.flatMap((mask) => {
    const own = bits[`${mask.layer}/${mask.weight}`]!;
    return Array.from(own).filter((_, i) => isHeldAtZero(mask, i));
  });
  const held = heldZeros(model).flatMap((weight) =>
    Array.from(bits[weight.fileName]!).filter((_, i) => weight.held[i] === 1),
  );
  const others = Object.values(bits).flatMap((own) => Array.from(own).filter((bit) => (bit & magnitude) !== 0));
  return { masked, held: held.map((bit) => bit & magnitude), others: others.length };
}

const optimizers: TrainSettings['optimizer'][] = [
  { name: 'sgd', learningRate: 0.05, momentum: 0, nesterov: false, weightDecay: 1e-2 },
  { name: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: false, weightDecay: 1e-2 },
  { name: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 1e-2 },
  { name: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 1e-2, decoupled: true },
  { name: 'adam', learningRate: 1e-2, weightDecay: 1e-2 },
  { name: 'adamw', learningRate: 1e-2, weightDecay: 1e-2 },
];
const settings: TrainSettings = {
  ...defaultFineTune,
  epochs: 3,
  batchSize: 8,
  dropout: 0.2,
  gradientClipping: 1,
  labelSmoothing: 0.1,
};
const request = { dataset, plan: planOfLoss(crossEntropyLoss), seed: 3 };

describe.each(optimizers.map((optimizer) => [JSON.stringify(optimizer), optimizer] as const))('%s', (_, optimizer) => {
  it('keeps every zero to the bit, moves the others, and stored, reopened and resumed ends with the same weights', async () => {
    const model = maskedModel();
    const atFirst = heldBits(model);
    expect(atFirst.masked.length).toBeGreaterThan(200);
    expect(atFirst.held.length).toBeGreaterThan(atFirst.masked.length + 50);
    expect([...new Set([...atFirst.masked, ...atFirst.held])]).toEqual([0]);
    const store = createMemoryFileStore();
    await saveModel(store, model);
    const before = await readWeights(model);
    const checkpoints: TrainingCheckpoint[] = [];
    await trainModel({ ...request, model, settings: { ...settings, optimizer } }, createSilentContext(), {
      checkpoint: async (checkpoint) => void checkpoints.push(structuredClone(checkpoint)),
    });
    expect(await readWeights(model)).not.toEqual(before);
    expect(heldBits(model)).toEqual(atFirst);
    for (const resumeFrom of checkpoints) {
      const reopened = await loadModel(store, model.id);
      const resumed = { ...request, model: reopened, settings: { ...settings, optimizer }, resumeFrom };
      await trainModel(resumed, createSilentContext());
      expect(bitsOf(reopened)).toEqual(bitsOf(model));
      disposeModel(reopened);
    }
    disposeModel(model);
  });
});

it('the best epoch’s weights, written back by early stopping, have every zero', async () => {
  const model = maskedModel();
  const { masked, held } = heldBits(model);
  // A rate that overshoots: the loss rises after the first epochs.
  const hasty: TrainSettings = {
    ...settings,
    epochs: 8,
    optimizer: { name: 'sgd', learningRate: 2, momentum: 0.9, nesterov: true, weightDecay: 1e-2 },
    earlyStopping: { patienceEpochs: 1, minDelta: 0 },
  };
  const outcome = await trainModel({ ...request, model, settings: hasty }, createSilentContext());
  expect(outcome.endedBy).toBe('early-stopping');
  expect(outcome.keptEpoch).toBeLessThan(outcome.history.length);
  expect(heldBits(model)).toMatchObject({ masked, held });
});

it('a checkpoint that would fill what is held at zero is refused by name', async () => {
  const model = maskedModel();
  const { weightMasks: _, silenced: __, ...free } = copyModel(model, modelId('free'));
  const checkpoints: TrainingCheckpoint[] = [];
  await trainModel({ ...request, model: free, settings }, createSilentContext(), {
    checkpoint: async (checkpoint) => void checkpoints.push(structuredClone(checkpoint)),
  });
  const before = bitsOf(model);
  const resumed = { ...request, model, settings, resumeFrom: checkpoints[0]! };
  await expect(trainModel(resumed, createSilentContext())).rejects.toMatchObject({
    code: 'model-mismatch',
    message: expect.stringContaining('that the model holds at zero are not zero in it'),
  });
  expect(bitsOf(model)).toEqual(before);
});
