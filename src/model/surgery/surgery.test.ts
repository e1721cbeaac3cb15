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
  it.each(['vgg_flatten', 'vgg_bn_gap', 'resnet_tail'] as const)('%s gives the reference logits unpruned', (id) => {
    const { model, images, expected } = goldenSurgery(id);
    expect(largestDifference(logitsOf(model, images), expected.original!)).toBeLessThan(tolerance);
  });

  it.each([
    ['vgg_flatten', 'tail', 'structural'],
    ['vgg_flatten', 'stage', 'structural'],
    ['vgg_flatten', 'branch-zero', 'masked_kernelAndBias'],
    ['vgg_flatten', 'kernel-mask', 'masked_kernelOnly_official'],
    ['vgg_bn_gap', 'tail', 'structural'],
    ['vgg_bn_gap', 'branch-zero', 'masked_convAndBn'],
    ['resnet_tail', 'tail', 'C_structuralTail'],
    ['resnet_tail', 'stage', 'D_structuralStage'],
    ['resnet_tail', 'branch-zero', 'B_branchZero'],
    ['resnet_tail', 'kernel-mask', 'A_mask_kernelOnly'],
  ] as const)('%s pruned in the mode %s gives %s, and nothing else that the file holds', (id, mode, field) => {
    const { model, images, layer, prune, expected } = goldenSurgery(id);
    const pruned = applyPruning(model, planPruning(model, { [layer]: prune }, mode), modelId('pruned'));
    const logits = logitsOf(pruned, images);
    expect(largestDifference(logits, expected[field]!)).toBeLessThan(tolerance);
    const others = Object.values(expected).filter((other) => largestDifference(other!, expected[field]!) > 1e-6);
    expect(others.length).toBeGreaterThan(0);
    for (const other of others) expect(largestDifference(logits, other!)).toBeGreaterThan(0.02);
  });

  it.each([
    ['vgg_flatten', 'tail', 'masked_kernelAndBias'],
    ['vgg_bn_gap', 'tail', 'masked_convAndBn'],
    ['resnet_tail', 'tail', 'C_equivalent_fcRowsZero'],
    ['resnet_tail', 'stage', 'D_structuralStage'],
  ] as const)('the silent twin of %s pruned in the mode %s gives %s', (id, mode, field) => {
    const { model, images, layer, prune, expected } = goldenSurgery(id);
    const masked = maskChannels(model, planPruning(model, { [layer]: prune }, mode));
    expect(largestDifference(logitsOf(masked, images), expected[field]!)).toBeLessThan(tolerance);
  });

  it('a mask has no twin: it removes nothing', () => {
    const { model, layer, prune } = goldenSurgery('vgg_bn_gap');
    expect(() => maskChannels(model, planPruning(model, { [layer]: prune }, 'kernel-mask'))).toThrow(RangeError);
  });

  it('does not cut dense rows as if maps were flattened channels first', () => {
    const { model, images, prune, expected } = goldenSurgery('vgg_flatten');
    const pruned = applyPruning(model, planPruning(model, { conv2: prune }), modelId('pruned'));
    expect(largestDifference(logitsOf(pruned, images), expected.wrong_NCHW_row_slicing!)).toBeGreaterThan(0.1);
  });

  it('a kernel mask leaves BatchNorm alive: with the bias zero besides, it is the reference with conv alone masked', () => {
    const { model, images, prune, expected } = goldenSurgery('vgg_bn_gap');
    const masked = applyPruning(model, planPruning(model, { conv2: prune }, 'kernel-mask'), modelId('masked'));
    const conv = findLayer(masked.network, 'conv2');
    const [kernel, bias] = conv.getWeights();
    const values = Array.from(bias!.dataSync(), (value, channel) => (prune.includes(channel) ? 0 : value));
    conv.setWeights([kernel!, tensor1d(values)]);
    expect(largestDifference(logitsOf(masked, images), expected.masked_convOnly!)).toBeLessThan(tolerance);
  });

  it('leaves the old model as it was', () => {
    const { model, images, prune, expected } = goldenSurgery('vgg_bn_gap');
    disposeModel(applyPruning(model, planPruning(model, { conv2: prune }), modelId('pruned')));
    disposeModel(maskChannels(model, planPruning(model, { conv2: prune })));
    expect(largestDifference(logitsOf(model, images), expected.original!)).toBeLessThan(tolerance);
  });

  it('leaks no tensor: a pruned and disposed model leaves as many as before', () => {
    const { model, prune } = goldenSurgery('vgg_bn_gap');
    const before = memory().numTensors;
    disposeModel(applyPruning(model, planPruning(model, { conv2: prune }), modelId('pruned')));
    disposeModel(applyPruning(model, planPruning(model, { conv2: prune }, 'kernel-mask'), modelId('masked')));
    expect(memory().numTensors).toBe(before);
  });
});
