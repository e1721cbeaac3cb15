import '@tensorflow/tfjs-backend-cpu';
import { randomNormal, randomUniform, setBackend, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { buildArchitecture } from '../architectures/buildArchitecture';
import { deserializeModel } from '../deserializeModel';
import type { LabModel, PruningMode, PruningTargets } from '../labModel';
import { serializeModel } from '../serializeModel';
import { summarizeModel } from '../summarizeModel';
import { applyPruning } from './applyPruning';
import { maskChannels } from './maskChannels';
import { planPruning } from './planPruning';

beforeAll(async () => {
  await setBackend('cpu');
});

/** A sixteenth as wide as ResNet-18, with random weights and averages everywhere. */
function build(): LabModel {
  const model = buildArchitecture(
    { name: 'resnet18', imageSize: 32, classCount: 2, widthMultiplier: 0.0625, seed: 1 },
    {
      id: modelId('resnet'),
      name: 'ResNet-18',
      classNames: ['a', 'b'],
      preprocessing: { imageSize: 32, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    },
  );
  tidy(() => {
    for (const layer of model.network.layers.filter((one) => one.getClassName() === 'BatchNormalization')) {
      const [size] = layer.weights[0]!.shape;
      layer.setWeights([0, 1, 2, 3].map((seed) => randomUniform([size!], 0.5, 1.5, 'float32', seed + 1)));
    }
  });
  return model;
}

const last = 'layer4.1.conv2';

describe('channel surgery of ResNet-18', () => {
  let model: LabModel;
  let images: Tensor4D;
  beforeEach(() => {
    model = build();
    images = randomNormal([3, 32, 32, 3], 0, 1, 'float32', 1) as Tensor4D;
  });

  it('prunes the last convolution by default', () => {
    expect(summarizeModel(model, { batchSize: 1 }).defaultLayer).toBe(last);
  });

  it('lists every layer that the last convolution is coupled with, in the mode `stage`', () => {
    const { edits, selections } = planPruning(model, { [last]: [0, 5, 31] }, 'stage');
    expect(
      edits.map(({ layer, weight, axis }) => `${layer}/${weight}:${axis}`).filter((name) => !/beta|moving/.test(name)),
    ).toEqual([
      'layer4.0.conv2/kernel:3',
      'layer4.0.downsample.0/kernel:3',
      'layer4.0.bn2/gamma:0',
      'layer4.0.downsample.1/gamma:0',
      'layer4.1.conv1/kernel:2',
      'layer4.1.conv2/kernel:3',
      'layer4.1.bn2/gamma:0',
      'fc/kernel:0',
    ]);
    expect(selections).toEqual([]);
  });

  it('leaves the stage alone in the mode `tail`: it selects the skip’s channels before the last addition', () => {
    const { edits, selections } = planPruning(model, { [last]: [0, 5, 31] });
    expect(new Set(edits.map(({ layer }) => layer))).toEqual(new Set([last, 'layer4.1.bn2', 'fc']));
    expect(selections).toEqual([
      {
        layer: 'layer4.1.add.select',
        kind: 'Conv2D',
        source: 'layer4.0.relu2',
        join: 'layer4.1.add',
        operand: 1,
        channelsIn: 32,
        keep: Array.from({ length: 32 }, (_, channel) => channel).filter((channel) => ![0, 5, 31].includes(channel)),
      },
    ]);
  });

  it.each([
    [{ [last]: [0, 5, 31] }, 'tail'],
    [{ [last]: [0, 5, 31] }, 'stage'],
    [{ 'layer4.1.conv1': [1, 2] }, 'tail'],
    [{ 'layer4.0.conv2': [3] }, 'tail'],
    [{ 'layer2.0.downsample.0': [7] }, 'tail'],
    [{ 'layer2.0.downsample.0': [7] }, 'stage'],
    [{ conv1: [0, 3] }, 'tail'],
    [{ conv1: [0, 3] }, 'stage'],
    [{ [last]: [4], 'layer4.1.conv1': [9, 8], 'layer3.0.conv1': [2] }, 'tail'],
    [{ [last]: [4], 'layer4.1.conv1': [9, 8], 'layer4.0.conv2': [2] }, 'stage'],
  ] as [PruningTargets, PruningMode][])(
    'removes %j in the mode %s as if silent, with the cost foretold, and is the same when stored',
    async (targets, mode) => {
      const plan = planPruning(model, targets, mode);
      const pruned = applyPruning(model, plan, modelId('pruned'));
      const logits = logitsOf(pruned, images);
      const scale = Math.max(1, ...logits.flat().map(Math.abs));
      expect(largestDifference(logits, logitsOf(maskChannels(model, plan), images)) / scale).toBeLessThan(1e-4);
      expect(largestDifference(logits, logitsOf(model, images))).toBeGreaterThan(1e-4);
      const { parameters, macs } = summarizeModel(pruned, { batchSize: 1 });
      expect([parameters, macs]).toEqual([plan.parametersAfter, plan.macsAfter]);
      const loaded = await deserializeModel(await serializeModel(pruned));
      expect(largestDifference(logitsOf(loaded, images), logits)).toBe(0);
    },
  );

  it('cuts the selection of the first round in the second, and keeps original numbers', () => {
    const first = applyPruning(model, planPruning(model, { [last]: [0, 5, 31] }), modelId('first'));
    const plan = planPruning(first, { [last]: [0, 28] });
    expect(plan.selections).toEqual([]);
    const second = applyPruning(first, plan, modelId('second'));
    expect(second.originalChannels[last]).toEqual(
      Array.from({ length: 32 }, (_, channel) => channel).filter((channel) => ![0, 1, 5, 30, 31].includes(channel)),
    );
    const once = applyPruning(model, planPruning(model, { [last]: [0, 1, 5, 30, 31] }), modelId('once'));
    expect(largestDifference(logitsOf(second, images), logitsOf(once, images))).toBeLessThan(1e-5);
    expect(second.network.countParams() - once.network.countParams()).toBe(0);
  });

  it('does not train a selection, also after it was stored', async () => {
    const pruned = applyPruning(model, planPruning(model, { [last]: [0] }), modelId('pruned'));
    const loaded = await deserializeModel(await serializeModel(pruned));
    for (const { network } of [pruned, loaded]) {
      expect(network.trainableWeights.filter(({ originalName }) => originalName.includes('select'))).toEqual([]);
    }
  });
});
