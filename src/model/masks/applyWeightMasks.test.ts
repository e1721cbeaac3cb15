import '@tensorflow/tfjs-backend-cpu';
import { memory, tensor, tidy } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { buildRandomNetwork } from '../../testing/randomNetwork';
import { disposeModel } from '../disposeModel';
import { findLayer } from '../network/findLayer';
import { layerWeights } from '../network/layerWeights';
import { summarizeModel } from '../summarizeModel';
import { applyPruning } from '../surgery/applyPruning';
import { planPruning } from '../surgery/planPruning';
import { applyWeightMasks } from './applyWeightMasks';
import { makeWeightMask } from './weightMask';

/** A convolution of 2 channels, BatchNorm, and a dense layer [2, 3] with the kernel 1 … 6, of which 4 and 5 are negative. */
function net() {
  const model = buildRandomNetwork({
    channels: 2,
    between: ['batchNormalization'],
    reader: 'averageDense',
    useBias: true,
    seed: 1,
  });
  tidy(() =>
    findLayer(model.network, 'logits').setWeights([tensor([1, 2, 3, -4, -5, 6], [2, 3]), tensor([0.1, 0.2, 0.3])]),
  );
  return model;
}
const kernelOf = (model: ReturnType<typeof net>) =>
  Array.from(layerWeights(findLayer(model.network, 'logits'))[0]!.value.dataSync());
const logits = (...positions: number[]) =>
  makeWeightMask({ layer: 'logits', weight: 'kernel', shape: [2, 3] }, (i) => positions.includes(i));

it('sets what a mask names to 0 in a new model, and leaves the old one as it was', () => {
  const model = net();
  const before = memory().numTensors;
  const masked = applyWeightMasks(model, [logits(0, 3)], modelId('masked'));
  expect(masked.id).toBe('masked');
  // toEqual tells 0 from −0.
  expect(kernelOf(masked)).toEqual([0, 2, 3, 0, -5, 6]);
  expect(kernelOf(model)).toEqual([1, 2, 3, -4, -5, 6]);
  expect(model.weightMasks).toBeUndefined();
  disposeModel(masked);
  expect(memory().numTensors).toBe(before);
});

it('adds masks to those of before; one of nothing is none', () => {
  const once = applyWeightMasks(net(), [logits(0, 3)], modelId('once'));
  const twice = applyWeightMasks(once, [logits(3, 4)], modelId('twice'));
  expect(kernelOf(twice)).toEqual([0, 2, 3, 0, 0, 6]);
  expect(twice.weightMasks).toEqual([logits(0, 3, 4)]);
  expect(applyWeightMasks(net(), [logits()], modelId('none')).weightMasks).toBeUndefined();
});

it('the summary counts what masks and silenced channels hold together, each weight once', () => {
  const masked = applyWeightMasks(net(), [logits(0, 3)], modelId('masked'));
  expect(summarizeModel(masked, { batchSize: 1 }).weightsHeldAtZero).toBe(2);
  const kernel = makeWeightMask({ layer: 'conv', weight: 'kernel', shape: [3, 3, 3, 2] }, (i) => i === 0 || i === 1);
  const both = applyWeightMasks(masked, [kernel], modelId('both'));
  const silent = applyPruning(both, planPruning(both, { conv: [1] }, 'branch-zero'), modelId('silent'));
  // Channel 1: 27 numbers of the kernel, a bias, gamma and beta; beside it one more of the kernel and two of the logits.
  expect(summarizeModel(silent, { batchSize: 1 }).weightsHeldAtZero).toBe(27 + 3 + 1 + 2);
  expect(summarizeModel(net(), { batchSize: 1 })).not.toHaveProperty('weightsHeldAtZero');
});

it.each([
  ['a layer that is not there', { layer: 'fc' }, 'a mask of "fc/kernel", but the network has no such weight'],
  ['a weight that is not there', { weight: 'gamma' }, 'a mask of "logits/gamma", but the network has no such weight'],
  ['another shape', { shape: [3, 2] }, 'has the shape [3, 2], but the weight [2, 3]'],
  [
    'averages of BatchNorm',
    { layer: 'batchNormalization0', weight: 'moving_mean', shape: [2] },
    'is an average of BatchNorm',
  ],
])('refuses the mask of %s', (_, change, message) => {
  const mask = makeWeightMask({ layer: 'logits', weight: 'kernel', shape: [2, 3], ...change }, () => true);
  expect(() => applyWeightMasks(net(), [mask], modelId('masked'))).toThrow(
    expect.objectContaining({ code: 'model-mismatch', message: expect.stringContaining(message) }),
  );
});
