import { memory } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { modelId } from '../../foundation/ids';
import { disposeModel } from '../../model/disposeModel';
import type { LabModel } from '../../model/labModel';
import { colourDataset } from '../../testing/colourDataset';
import { startWasmAndCpu } from '../../testing/computeOn';
import { readWeights } from '../../training/networkWeights';
import type { TrainingCheckpoint } from '../../training/trainingCheckpoint';
import { trainModel } from '../../training/trainModel';
import { defaultFineTune } from '../../training/trainSettings';
import { adaptModel, trainingPlanOf } from '../methods';

beforeAll(startWasmAndCpu);

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
const choice = { id: 'fair-adabn', settings: { alpha: 0.5 } };

function network(): LabModel {
  const conv = { kernelSize: 3, padding: 'same' as const, useBias: false };
  const plain: LabModel = {
    id: modelId('net'),
    name: 'net',
    classNames: ['red', 'green'],
    preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    originalChannels: {},
    network: sequential({
      layers: [
        layers.conv2d({ ...conv, filters: 4, inputShape: [imageSize, imageSize, 3] }),
        layers.batchNormalization({}),
        layers.activation({ activation: 'relu' }),
        layers.conv2d({ ...conv, filters: 4 }),
        layers.batchNormalization({ momentum: 0.9 }),
        layers.activation({ activation: 'relu' }),
        layers.globalAveragePooling2d({}),
        layers.dense({ units: 2 }),
      ],
    }),
  };
  const { groupNames, sensitiveAttribute } = dataset.manifest;
  return adaptModel(plain, choice, { groupNames, attribute: sensitiveAttribute, seed: 1 });
}

const settings = { ...defaultFineTune, epochs: 3, batchSize: 8, dropout: 0.5, gradientClipping: 1 };

it('an interrupted training ends with the very weights of one that was not, and leaves no tensor', async () => {
  const request = { dataset, settings, plan: trainingPlanOf(choice), seed: 4 };
  const whole = network();
  const start = await readWeights(whole);
  const before = memory().numTensors;
  let kept: TrainingCheckpoint | null = null;
  const { history } = await trainModel({ ...request, model: whole }, createSilentContext(), {
    checkpoint: async (checkpoint) => {
      if (checkpoint.epoch === 1) kept = checkpoint;
    },
  });
  expect(memory().numTensors).toBe(before);
  expect(history).toHaveLength(3);
  const due = await readWeights(whole);
  const moved = due.filter((values, index) => values.some((value, at) => value !== start[index]![at]));
  expect(moved).toHaveLength(due.length);
  const again = network();
  await trainModel({ ...request, model: again, resumeFrom: kept }, createSilentContext());
  expect(await readWeights(again)).toEqual(due);
  disposeModel(whole);
  disposeModel(again);
});
