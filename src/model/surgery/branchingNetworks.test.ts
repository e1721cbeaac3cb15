import '@tensorflow/tfjs-backend-cpu';
import { randomNormal, randomUniform, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { model as functionalModel, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeEach, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { deserializeModel } from '../deserializeModel';
import type { LabModel } from '../labModel';
import { serializeModel } from '../serializeModel';
import { summarizeModel } from '../summarizeModel';
import { applyPruning } from './applyPruning';
import { maskChannels } from './maskChannels';
import { planPruning } from './planPruning';

/** A stem that two layers read, a residual block, and two heads' worth of branches that are concatenated. */
function buildResidual(): LabModel {
  const conv = (name: string, filters: number, kernelSize: number) =>
    layers.conv2d({ name, filters, kernelSize, padding: 'same' });
  const through = (input: SymbolicTensor, ...steps: layers.Layer[]) =>
    steps.reduce((tensor, step) => step.apply(tensor) as SymbolicTensor, input);
  const image = layers.input({ shape: [6, 6, 3] });
  const stem = through(image, conv('stem', 6, 3), layers.activation({ name: 'stemRelu', activation: 'relu' }));
  const body = through(
    stem,
    conv('inner', 5, 3),
    layers.batchNormalization({ name: 'innerBn' }),
    layers.activation({ name: 'innerRelu', activation: 'relu' }),
    conv('outer', 4, 3),
  );
  const skip = through(stem, conv('skip', 4, 1));
  const sum = layers.add({ name: 'sum' }).apply([body, skip]) as SymbolicTensor;
  const left = through(sum, conv('left', 3, 1));
  const right = through(sum, conv('right', 2, 1));
  const joined = layers.concatenate({ name: 'joined' }).apply([left, right]) as SymbolicTensor;
  const logits = through(joined, layers.globalAveragePooling2d({}), layers.dense({ name: 'fc', units: 3 }));
  const network = functionalModel({ inputs: image, outputs: logits });
  tidy(() => {
    for (const [index, layer] of network.layers.entries()) {
      // Variances must be above 0; other weights may be anything.
      layer.setWeights(
        layer
          .getWeights()
          .map((weight, place) =>
            place === 3
              ? randomUniform(weight.shape, 0.5, 2, 'float32', index + 1)
              : randomNormal(weight.shape, 0, 0.5, 'float32', 10 * index + place + 1),
          ),
      );
    }
  });
  return {
    id: modelId('residual'),
    name: 'residual',
    network,
    preprocessing: { imageSize: 6, mean: [0, 0, 0], std: [1, 1, 1] },
    classNames: ['a', 'b', 'c'],
    originalChannels: {},
  };
}

describe('channel surgery in a network that branches', () => {
  let model: LabModel;
  let images: Tensor4D;
  beforeEach(() => {
    model = buildResidual();
    images = randomNormal([4, 6, 6, 3], 0, 1, 'float32', 99);
  });

  it.each([
    ['inner', [1, 3], ['inner', 'innerBn', 'outer']],
    ['stem', [0, 2, 5], ['stem', 'inner', 'skip']],
  ])('removes channels of "%s" as if they were silent, from every layer that reads them', (layer, remove, touched) => {
    const plan = planPruning(model, { [layer]: remove });
    expect(new Set(plan.edits.map((edit) => edit.layer))).toEqual(new Set(touched));
    const pruned = applyPruning(model, plan, modelId('pruned'));
    const masked = maskChannels(model, planPruning(model, { [layer]: remove }));
    const logits = logitsOf(pruned, images);
    expect(largestDifference(logits, logitsOf(masked, images))).toBeLessThan(1e-4);
    expect(largestDifference(logits, logitsOf(model, images))).toBeGreaterThan(1e-3);
    const { parameters, macs } = summarizeModel(pruned, { batchSize: 1 });
    expect([parameters, macs]).toEqual([plan.parametersAfter, plan.macsAfter]);
  });

  it('gives the same logits after it was stored and loaded', async () => {
    const pruned = applyPruning(model, planPruning(model, { stem: [1] }), modelId('pruned'));
    const loaded = await deserializeModel(await serializeModel(pruned));
    expect(largestDifference(logitsOf(loaded, images), logitsOf(pruned, images))).toBe(0);
  });

  it.each([
    // The skip has no other reader: its channels are cut too, and `left` and `right` read the sum.
    ['outer', 'tail', ['outer', 'skip', 'left', 'right']],
    ['outer', 'stage', ['outer', 'skip', 'left', 'right']],
    ['left', 'tail', ['left', 'fc']],
  ] as const)('removes channels of "%s" (%s) with those that an addition ties to them', (layer, mode, touched) => {
    const plan = planPruning(model, { [layer]: [0, 2] }, mode);
    expect(new Set(plan.edits.map((edit) => edit.layer))).toEqual(new Set(touched));
    const pruned = applyPruning(model, plan, modelId('pruned'));
    const logits = logitsOf(pruned, images);
    expect(largestDifference(logits, logitsOf(maskChannels(model, plan), images))).toBeLessThan(1e-4);
    expect(largestDifference(logits, logitsOf(model, images))).toBeGreaterThan(1e-3);
  });

  it('takes the last convolution for the default', () => {
    expect(summarizeModel(model, { batchSize: 1 }).defaultLayer).toBe('right');
  });
});
