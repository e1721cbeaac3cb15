import '@tensorflow/tfjs-backend-cpu';
import { memory, tensor1d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { goldenSurgery, largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { disposeModel } from '../disposeModel';
import { findLayer } from '../network/findLayer';
import { applyPruning } from './applyPruning';
import { maskChannels } from './maskChannels';
import { planPruning } from './planPruning';

/** The golden vectors' tolerance for float32 logits. */
const tolerance = 1e-4;

describe('channel surgery on the golden nets', () => {
  it.each(['vgg_flatten', 'vgg_bn_gap'] as const)('%s gives the reference logits before any pruning', (id) => {
    const { model, images, expected } = goldenSurgery(id);
    expect(largestDifference(logitsOf(model, images), expected.original!)).toBeLessThan(tolerance);
  });

  it.each(['vgg_flatten', 'vgg_bn_gap'] as const)('%s gives the reference logits after removal', (id) => {
    const { model, images, prune, expected } = goldenSurgery(id);
    const pruned = applyPruning(model, planPruning(model, 'conv2', prune), modelId('pruned'));
    expect(largestDifference(logitsOf(pruned, images), expected.structural!)).toBeLessThan(tolerance);
  });

  it('does not cut dense rows as if maps were flattened channels first', () => {
    const { model, images, prune, expected } = goldenSurgery('vgg_flatten');
    const pruned = applyPruning(model, planPruning(model, 'conv2', prune), modelId('pruned'));
    expect(largestDifference(logitsOf(pruned, images), expected.wrong_NCHW_row_slicing!)).toBeGreaterThan(0.1);
  });

  it.each([
    ['vgg_flatten', 'structural', 'masked_kernelAndBias'],
    ['vgg_flatten', 'authors-code', 'masked_kernelOnly_official'],
    ['vgg_bn_gap', 'structural', 'masked_convAndBn'],
  ] as const)('%s masked as %s gives %s', (id, mode, field) => {
    const { model, images, prune, expected } = goldenSurgery(id);
    const masked = maskChannels(model, 'conv2', prune, mode);
    expect(largestDifference(logitsOf(masked, images), expected[field]!)).toBeLessThan(tolerance);
  });

  it('authors-code leaves BatchNorm alive: with the bias zero besides, it is the reference with conv alone masked', () => {
    const { model, images, prune, expected } = goldenSurgery('vgg_bn_gap');
    const masked = maskChannels(model, 'conv2', prune, 'authors-code');
    const conv = findLayer(masked.network, 'conv2');
    const [kernel, bias] = conv.getWeights();
    const values = Array.from(bias!.dataSync(), (value, channel) => (prune.includes(channel) ? 0 : value));
    conv.setWeights([kernel!, tensor1d(values)]);
    expect(largestDifference(logitsOf(masked, images), expected.masked_convOnly!)).toBeLessThan(tolerance);
  });

  it('leaves the old model as it was', () => {
    const { model, images, prune, expected } = goldenSurgery('vgg_bn_gap');
    disposeModel(applyPruning(model, planPruning(model, 'conv2', prune), modelId('pruned')));
    disposeModel(maskChannels(model, 'conv2', prune, 'structural'));
    expect(largestDifference(logitsOf(model, images), expected.original!)).toBeLessThan(tolerance);
  });

  it('leaks no tensor: a pruned and disposed model leaves as many as before', () => {
    const { model, prune } = goldenSurgery('vgg_bn_gap');
    const before = memory().numTensors;
    disposeModel(applyPruning(model, planPruning(model, 'conv2', prune), modelId('pruned')));
    disposeModel(maskChannels(model, 'conv2', prune, 'authors-code'));
    expect(memory().numTensors).toBe(before);
  });
});
