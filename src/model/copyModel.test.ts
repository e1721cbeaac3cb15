import '@tensorflow/tfjs-backend-cpu';
import { memory, sum, train, variableGrads } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { modelId } from '../foundation/ids';
import { goldenSurgery, logitsOf } from '../testing/goldenSurgery';
import { copyModel } from './copyModel';
import { disposeModel } from './disposeModel';
import { forwardTraining } from './forwardTraining';

it('training a copy leaves the original as it was, and disposing either leaves the other usable', () => {
  const { model, images } = goldenSurgery('vgg_flatten');
  const before = logitsOf(model, images);
  const copy = copyModel(model, modelId('copy'));
  expect(copy.id).toBe('copy');
  expect(logitsOf(copy, images)).toEqual(before);
  const variables = copy.network.trainableWeights.map((weight) => weight.read());
  const { grads } = variableGrads(() => sum(forwardTraining(copy, { images, groups: null }).logits));
  expect(Object.keys(grads)).toHaveLength(variables.length);
  train.sgd(0.1).applyGradients(grads);
  expect(logitsOf(copy, images)).not.toEqual(before);
  expect(logitsOf(model, images)).toEqual(before);
  disposeModel(copy);
  expect(logitsOf(model, images)).toEqual(before);
});

it('a copy that is disposed leaves no tensor behind', () => {
  const { model } = goldenSurgery('vgg_bn_gap');
  const before = memory().numTensors;
  disposeModel(copyModel(model, modelId('copy')));
  expect(memory().numTensors).toBe(before);
});
