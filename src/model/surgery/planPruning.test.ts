import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import golden from '../../testing/golden/surgery.json';
import { goldenSurgery } from '../../testing/goldenSurgery';
import type { LabModel } from '../labModel';
import { planPruning } from './planPruning';

function withNetwork(made: layers.Layer[]): LabModel {
  return { ...goldenSurgery('vgg_flatten').model, network: sequential({ layers: made }) };
}
const conv = (name: string, activation?: 'sigmoid') =>
  layers.conv2d({ name, inputShape: [4, 4, 3], filters: 2, kernelSize: 1, activation });

describe('planPruning', () => {
  it('lists the conv, its bias and the dense rows of every position behind a flatten', () => {
    const { model } = goldenSurgery('vgg_flatten');
    const { edits, targets } = planPruning(model, { conv2: [5, 1, 4, 1] });
    const [{ keep, remove } = { keep: [], remove: [] }] = targets;
    expect(remove).toEqual([1, 4, 5]);
    expect(keep).toEqual([0, 2, 3, 6, 7]);
    expect(edits).toEqual([
      { layer: 'conv2', weight: 'kernel', axis: 3, keep, shapeBefore: [3, 3, 6, 8], shapeAfter: [3, 3, 6, 5] },
      { layer: 'conv2', weight: 'bias', axis: 0, keep, shapeBefore: [8], shapeAfter: [5] },
      {
        layer: 'fc1',
        weight: 'kernel',
        axis: 0,
        keep: golden.cases[0]!.fc1RowsKept,
        shapeBefore: [32, 10],
        shapeAfter: [20, 10],
      },
    ]);
  });

  it('forecasts parameters and multiply-accumulates as worked by hand', () => {
    const { model } = goldenSurgery('vgg_flatten');
    const plan = planPruning(model, { conv2: [1, 4, 5] });
    // conv1 162 + 6, conv2 432 + 8 → 270 + 5, fc1 320 + 10 → 200 + 10, fc2 40 + 4
    expect(plan.parametersBefore).toBe(982);
    expect(plan.parametersAfter).toBe(697);
    // conv1 64 · 162, conv2 16 · 432 → 16 · 270, fc1 320 → 200, fc2 40
    expect(plan.macsBefore).toBe(10_368 + 6_912 + 320 + 40);
    expect(plan.macsAfter).toBe(10_368 + 4_320 + 200 + 40);
  });

  it('refuses to remove the last channel', () => {
    const { model } = goldenSurgery('vgg_flatten');
    expect(() => planPruning(model, { conv2: [0, 1, 2, 3, 4, 5, 6, 7] })).toThrow(
      expect.objectContaining({ code: 'last-channel' }),
    );
  });

  it.each([8, -1, 1.5, Number.NaN])('refuses channel %s of eight', (channel) => {
    const { model } = goldenSurgery('vgg_flatten');
    expect(() => planPruning(model, { conv2: [channel] })).toThrow(
      expect.objectContaining({ code: 'channel-out-of-range' }),
    );
  });

  it('refuses a layer that is not there, naming those that are', () => {
    const { model } = goldenSurgery('vgg_flatten');
    expect(() => planPruning(model, { conv9: [0] })).toThrow(
      expect.objectContaining({ code: 'layer-not-found', hint: expect.stringContaining('conv2') }),
    );
  });

  it.each([
    ['the logits', () => goldenSurgery('vgg_flatten').model, 'fc2', 'outputs of the network'],
    [
      'a layer without channels of its own',
      () => goldenSurgery('vgg_flatten').model,
      'relu2',
      'no channels of its own',
    ],
    [
      'a convolution whose maps are averaged into the outputs',
      () => withNetwork([conv('conv'), layers.globalAveragePooling2d({ name: 'gap' })]),
      'conv',
      'outputs of the network',
    ],
    [
      'a convolution before a layer that mixes channels',
      () => withNetwork([conv('conv'), layers.permute({ name: 'turn', dims: [3, 1, 2] }), layers.flatten({})]),
      'conv',
      '"turn" moves the channels to another axis',
    ],
    [
      'a convolution before a normalisation over all channels',
      () => withNetwork([conv('conv'), layers.layerNormalization({ name: 'norm' }), layers.flatten({})]),
      'conv',
      'normalises over all channels',
    ],
    [
      'a convolution whose silence its activation turns into a signal',
      () => withNetwork([conv('conv', 'sigmoid'), layers.flatten({}), layers.dense({ units: 2 })]),
      'conv',
      'does not map 0 to 0',
    ],
  ])('refuses %s, and says why', (_name, build, layer, reason) => {
    expect(() => planPruning(build(), { [layer]: [0] })).toThrow(
      expect.objectContaining({ code: 'layer-not-prunable', message: expect.stringContaining(reason) }),
    );
  });
});
