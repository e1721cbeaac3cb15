import '@tensorflow/tfjs-backend-cpu';
import { type Rank, randomNormal } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { goldenSurgery, largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { betweenKinds, buildRandomNetwork, randomImageSize } from '../../testing/randomNetwork';
import { disposeModel } from '../disposeModel';
import { summarizeModel } from '../summarizeModel';
import { applyPruning } from './applyPruning';
import { maskChannels } from './maskChannels';
import { planPruning } from './planPruning';

const networks = fc.record({
  channels: fc.integer({ min: 2, max: 6 }),
  between: fc.array(fc.constantFrom(...betweenKinds), { maxLength: 4 }),
  reader: fc.constantFrom(
    'conv' as const,
    'separable' as const,
    'transposed' as const,
    'flattenDense' as const,
    'averageDense' as const,
    'maxDense' as const,
  ),
  useBias: fc.boolean(),
  seed: fc.integer({ min: 1, max: 10_000 }),
});

describe('applyPruning', () => {
  it('gives the logits of the structurally masked model, with the parameters that the plan foretold', () => {
    const images = randomNormal<Rank.R4>([2, randomImageSize, randomImageSize, 3], 0, 1, 'float32', 3);
    fc.assert(
      fc.property(networks, fc.infiniteStream(fc.boolean()), (description, choices) => {
        const model = buildRandomNetwork(description);
        const remove = Array.from({ length: description.channels }, (_, channel) => channel)
          .filter(() => choices.next().value)
          .slice(0, description.channels - 1);
        const plan = planPruning(model, { conv: remove });
        const pruned = applyPruning(model, plan, modelId('pruned'));
        const masked = maskChannels(model, planPruning(model, { conv: remove }));
        const expected = logitsOf(masked, images);
        const scale = Math.max(1, ...expected.flat().map(Math.abs));
        expect(largestDifference(logitsOf(pruned, images), expected) / scale).toBeLessThan(1e-4);
        expect(pruned.network.countParams()).toBe(plan.parametersAfter);
        expect(model.network.countParams()).toBe(plan.parametersBefore);
        expect(summarizeModel(pruned, { batchSize: 1 }).macs).toBe(plan.macsAfter);
        for (const made of [model, pruned, masked]) disposeModel(made);
      }),
      { numRuns: 60, seed: 8 },
    );
  });

  it('keeps original channel numbers through two rounds', () => {
    const { model } = goldenSurgery('vgg_flatten');
    const first = applyPruning(model, planPruning(model, { conv2: [1, 4, 5] }), modelId('first'));
    expect(first.originalChannels).toEqual({ conv2: [0, 2, 3, 6, 7] });
    const second = applyPruning(first, planPruning(first, { conv2: [0, 3] }), modelId('second'));
    expect(second.originalChannels).toEqual({ conv2: [2, 3, 7] });
    const other = applyPruning(second, planPruning(second, { conv1: [5] }), modelId('other'));
    expect(other.originalChannels).toEqual({ conv2: [2, 3, 7], conv1: [0, 1, 2, 3, 4] });
    expect(model.originalChannels).toEqual({});
  });

  it('gives in two rounds what one round with the same channels gives', () => {
    const { model, images } = goldenSurgery('vgg_bn_gap');
    const once = applyPruning(model, planPruning(model, { conv2: [2, 5, 7] }), modelId('once'));
    const first = applyPruning(model, planPruning(model, { conv2: [2] }), modelId('first'));
    const twice = applyPruning(first, planPruning(first, { conv2: [4, 6] }), modelId('twice'));
    expect(twice.originalChannels).toEqual(once.originalChannels);
    expect(logitsOf(twice, images)).toEqual(logitsOf(once, images));
  });

  it('refuses a plan that was made for the model of an earlier round', () => {
    const { model } = goldenSurgery('vgg_flatten');
    const plan = planPruning(model, { conv2: [1] });
    const pruned = applyPruning(model, plan, modelId('pruned'));
    expect(() => applyPruning(pruned, plan, modelId('again'))).toThrow(
      expect.objectContaining({ code: 'model-mismatch' }),
    );
  });
});
