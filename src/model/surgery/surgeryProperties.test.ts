import '@tensorflow/tfjs-backend-cpu';
import { type Rank, randomNormal, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { branchKinds, buildBranchedNetwork } from '../../testing/randomBranches';
import { bitsOf, randomMasks } from '../../testing/randomMasks';
import { betweenKinds, buildRandomNetwork, randomImageSize } from '../../testing/randomNetwork';
import { copyModel } from '../copyModel';
import { deserializeModel } from '../deserializeModel';
import { disposeModel } from '../disposeModel';
import {
  isRemoving,
  type LabModel,
  type PruningMode,
  type PruningPlan,
  type PruningTargets,
  pruningModes,
} from '../labModel';
import { applyWeightMasks } from '../masks/applyWeightMasks';
import { isHeldAtZero, makeWeightMask, type WeightMask } from '../masks/weightMask';
import { layerWeights } from '../network/layerWeights';
import { selectionSuffix } from '../network/selection';
import { serializeModel } from '../serializeModel';
import { summarizeModel } from '../summarizeModel';
import { applyPruning } from './applyPruning';
import { maskChannels } from './maskChannels';
import { planPruning } from './planPruning';

beforeAll(async () => {
  await setBackend('cpu');
});

const networks = fc.record({
  blocks: fc.array(fc.constantFrom(...branchKinds), { minLength: 1, maxLength: 5 }),
  reader: fc.constantFrom('flatten' as const, 'average' as const),
  seed: fc.integer({ min: 1, max: 10_000 }),
});
const choices = fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 });

/** Some channels of one or two layers that can be pruned. */
function chooseTargets(model: LabModel, numbers: number[]): PruningTargets {
  const prunable = summarizeModel(model, { batchSize: 1 }).layers.filter((layer) => layer.prunable);
  const [first = 0, second = 0, both = 0, ...channels] = numbers;
  const chosen = both % 2 === 0 ? [first] : [first, second];
  return Object.fromEntries(
    chosen.map((number) => {
      const { name, outputShape } = prunable[number % prunable.length]!;
      const count = outputShape.at(-1)!;
      return [name, [...new Set(channels.map((channel) => channel % count))].slice(0, Math.min(2, count - 1))];
    }),
  );
}

/** The plan; null where these channels cannot go together, for a reason that the lab names. */
function tryPlan(model: LabModel, targets: PruningTargets, mode: PruningMode): PruningPlan | null {
  try {
    return planPruning(model, targets, mode);
  } catch (error) {
    if (error instanceof LabError && ['last-channel', 'layer-not-prunable'].includes(error.code)) return null;
    throw error;
  }
}

describe.each(['tail', 'stage'] as const)('removal in the mode %s from random networks that branch', (mode) => {
  it('gives the logits of its silent twin, the cost foretold, and the same after it was stored', async () => {
    const images = randomNormal<Rank.R4>([2, randomImageSize, randomImageSize, 3], 0, 1, 'float32', 3);
    let carriedOut = 0;
    await fc.assert(
      fc.asyncProperty(networks, choices, async (description, numbers) => {
        const model = buildBranchedNetwork(description);
        const plan = tryPlan(model, chooseTargets(model, numbers), mode);
        if (!plan) return disposeModel(model);
        carriedOut++;
        const pruned = applyPruning(model, plan, modelId('pruned'));
        const twin = maskChannels(model, plan);
        const logits = logitsOf(pruned, images);
        const scale = Math.max(1, ...logits.flat().map(Math.abs));
        expect(largestDifference(logits, logitsOf(twin, images)) / scale).toBeLessThan(1e-4);
        const { parameters, macs } = summarizeModel(pruned, { batchSize: 1 });
        expect([parameters, macs]).toEqual([plan.parametersAfter, plan.macsAfter]);
        const stored = await deserializeModel(await serializeModel(pruned));
        expect(largestDifference(logitsOf(stored, images), logits)).toBe(0);
        for (const made of [model, pruned, twin, stored]) disposeModel(made);
      }),
      { numRuns: 80, seed: 8 },
    );
    expect(carriedOut).toBeGreaterThan(50);
  });

  it('gives in two rounds what one round with the same channels gives', async () => {
    const images = randomNormal<Rank.R4>([2, randomImageSize, randomImageSize, 3], 0, 1, 'float32', 3);
    fc.assert(
      fc.property(networks, (description) => {
        const model = buildBranchedNetwork(description);
        const once = tryPlan(model, { stem: [1, 3] }, mode);
        if (!once) return disposeModel(model);
        const first = applyPruning(model, planPruning(model, { stem: [1] }, mode), modelId('first'));
        const second = applyPruning(first, planPruning(first, { stem: [2] }, mode), modelId('second'));
        const direct = applyPruning(model, once, modelId('direct'));
        expect(second.originalChannels).toEqual(direct.originalChannels);
        const scale = Math.max(1, ...logitsOf(direct, images).flat().map(Math.abs));
        expect(largestDifference(logitsOf(second, images), logitsOf(direct, images)) / scale).toBeLessThan(1e-4);
        for (const made of [model, first, second, direct]) disposeModel(made);
      }),
      { numRuns: 40, seed: 9 },
    );
  });
});

/** The model with 1 in the place of every element that masks hold at zero, and 0 elsewhere. */
function markHeld(model: LabModel, masks: WeightMask[]): LabModel {
  const marked = copyModel(model, modelId('marked'));
  tidy(() => {
    for (const layer of marked.network.layers) {
      const marks = layerWeights(layer).map(({ name, shape, value }) => {
        const mask = masks.find((own) => own.layer === layer.name && own.weight === name);
        return tensor(
          Array.from({ length: value.size }, (_, i) => Number(mask !== undefined && isHeldAtZero(mask, i))),
          shape,
        );
      });
      layer.setWeights(marks);
    }
  });
  return marked;
}

/** The inverse, after surgery on the marks. */
function readMarks({ network }: LabModel): WeightMask[] {
  return network.layers
    .filter(({ name }) => !name.endsWith(selectionSuffix))
    .flatMap((layer) =>
      layerWeights(layer).flatMap(({ name, shape, value }) => {
        const marks = value.dataSync();
        return marks.some((mark) => mark !== 0)
          ? [makeWeightMask({ layer: layer.name, weight: name, shape }, (i) => marks[i] !== 0)]
          : [];
      }),
    );
}

const chains = fc.record({
  channels: fc.integer({ min: 3, max: 6 }),
  between: fc.array(fc.constantFrom(...betweenKinds), { maxLength: 4 }),
  reader: fc.constantFrom('conv', 'separable', 'transposed', 'flattenDense', 'averageDense', 'maxDense' as const),
  useBias: fc.boolean(),
  seed: fc.integer({ min: 1, max: 10_000 }),
});
const anyNetwork = fc.oneof(networks.map(buildBranchedNetwork), chains.map(buildRandomNetwork));

describe.each(pruningModes)('masks of single weights and surgery in the mode %s, in either order,', (mode) => {
  it('give the same weights to the bit, and masks that are cut as weights are', () => {
    let carriedOut = 0;
    fc.assert(
      fc.property(anyNetwork, choices, (model, numbers) => {
        const plan = tryPlan(model, chooseTargets(model, numbers), mode);
        if (!plan) return disposeModel(model);
        carriedOut++;
        const masks = randomMasks(model, numbers[7]!);
        const masked = applyWeightMasks(model, masks, modelId('masked'));
        const pruned = applyPruning(model, plan, modelId('pruned'));
        const maskedFirst = applyPruning(masked, plan, modelId('masked first'));
        const marked = markHeld(model, masks);
        const markedAfter = applyPruning(marked, plan, modelId('marked after'));
        // Silencing takes no element away: the masks stay what they were.
        const due = isRemoving(mode) ? readMarks(markedAfter) : masked.weightMasks!;
        const prunedFirst = applyWeightMasks(pruned, due, modelId('pruned first'));
        expect(maskedFirst.weightMasks ?? []).toEqual(due);
        expect(bitsOf(maskedFirst)).toEqual(bitsOf(prunedFirst));
        expect(maskedFirst.silenced).toEqual(prunedFirst.silenced);
        for (const made of [model, masked, pruned, maskedFirst, marked, markedAfter, prunedFirst]) disposeModel(made);
      }),
      { numRuns: 40, seed: 10 },
    );
    expect(carriedOut).toBeGreaterThan(25);
  });
});
