import '@tensorflow/tfjs-backend-cpu';
import { type Rank, randomNormal, setBackend } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { branchKinds, buildBranchedNetwork } from '../../testing/randomBranches';
import { randomImageSize } from '../../testing/randomNetwork';
import { deserializeModel } from '../deserializeModel';
import { disposeModel } from '../disposeModel';
import type { LabModel, PruningPlan, PruningTargets, RemovingMode } from '../labModel';
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
function tryPlan(model: LabModel, targets: PruningTargets, mode: RemovingMode): PruningPlan | null {
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
