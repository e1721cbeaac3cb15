import '@tensorflow/tfjs-backend-cpu';
import { type Rank, randomNormal, setBackend } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import { disposeModel } from '../../model/disposeModel';
import { packModelFiles } from '../../model/files/packModelFiles';
import type { LabModel, PruningMode, PruningPlan } from '../../model/labModel';
import { isHeldAtZero, makeWeightMask } from '../../model/masks/weightMask';
import { readModelFiles } from '../../model/readModelFiles';
import { serializeModel } from '../../model/serializeModel';
import { summarizeModel } from '../../model/summarizeModel';
import { applyPruning } from '../../model/surgery/applyPruning';
import { maskChannels } from '../../model/surgery/maskChannels';
import { planPruning } from '../../model/surgery/planPruning';
import { goldenSurgery, largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { branchKinds, buildBranchedNetwork } from '../../testing/randomBranches';
import { randomImageSize, randomModel } from '../../testing/randomNetwork';
import { adaptBatchNorms } from './groupBatchNorms';

beforeAll(async () => {
  await setBackend('cpu');
});

const groups = { groupNames: ['light', 'dark'], attribute: 'skin' };
const adapt = (model: LabModel) => adaptBatchNorms(model, { which: 'paper' }, groups);

/** The plan; null where these channels cannot go, for a reason that the lab names. */
function tryPlan(model: LabModel, layer: string, remove: number[], mode: PruningMode): PruningPlan | null {
  try {
    return planPruning(model, { [layer]: remove }, mode);
  } catch (error) {
    if (error instanceof LabError && ['last-channel', 'layer-not-prunable'].includes(error.code)) return null;
    throw error;
  }
}

describe('channel surgery with BatchNorms of each group’s own', () => {
  it.each([
    ['vgg_bn_gap', 'tail', 'structural'],
    ['vgg_bn_gap', 'branch-zero', 'masked_convAndBn'],
    ['resnet_tail', 'tail', 'C_structuralTail'],
    ['resnet_tail', 'stage', 'D_structuralStage'],
    ['resnet_tail', 'branch-zero', 'B_branchZero'],
    ['resnet_tail', 'kernel-mask', 'A_mask_kernelOnly'],
  ] as const)('gives for %s in the mode %s the vectors’ %s, groups being alike', (id, mode, field) => {
    const golden = goldenSurgery(id);
    const model = adapt(golden.model);
    const pruned = applyPruning(model, planPruning(model, { [golden.layer]: golden.prune }, mode), modelId('pruned'));
    expect(largestDifference(logitsOf(pruned, golden.images), golden.expected[field]!)).toBeLessThan(1e-4);
  });

  it.each(['tail', 'stage'] as const)(
    '%s: random networks give the logits of their silent twin, the cost foretold, the same after they were stored',
    async (mode) => {
      const images = randomNormal<Rank.R4>([3, randomImageSize, randomImageSize, 3], 0, 1, 'float32', 3);
      let carriedOut = 0;
      const networks = fc.record({
        blocks: fc.array(fc.constantFrom(...branchKinds, 'norm' as const, 'norm' as const), { maxLength: 4 }),
        seed: fc.integer({ min: 1, max: 10_000 }),
        remove: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 2 }),
      });
      await fc.assert(
        fc.asyncProperty(networks, async ({ blocks, seed, remove }) => {
          const plain = buildBranchedNetwork({
            blocks: ['norm', 'conv', 'norm', 'relu', ...blocks],
            reader: 'average',
            seed,
          });
          const model = adapt(plain);
          randomModel(model.network, seed);
          const plan = tryPlan(model, 'conv1', remove, mode);
          if (!plan) return disposeModel(model);
          carriedOut++;
          expect(plan.edits).toContainEqual(
            expect.objectContaining({ layer: 'norm2', weight: 'moving_variance', axis: 1 }),
          );
          const pruned = applyPruning(model, plan, modelId('pruned'));
          const twin = maskChannels(model, plan);
          const logits = logitsOf(pruned, images);
          const scale = Math.max(1, ...logits.flat().map(Math.abs));
          expect(largestDifference(logits, logitsOf(twin, images)) / scale).toBeLessThan(1e-4);
          const { parameters, macs } = summarizeModel(pruned, { batchSize: 1 });
          expect([parameters, macs]).toEqual([plan.parametersAfter, plan.macsAfter]);
          const stored = await readModelFiles(packModelFiles(await serializeModel(pruned)));
          expect(logitsOf(stored, images)).toEqual(logits);
          for (const made of [model, pruned, twin, stored]) disposeModel(made);
        }),
        { numRuns: 25, seed: 8 },
      );
      expect(carriedOut).toBeGreaterThan(15);
    },
  );

  it('remembers which slices a mask holds at zero, for every group', () => {
    const { model: plain, layer, prune } = goldenSurgery('vgg_bn_gap');
    const model = adapt(applyPruning(plain, planPruning(plain, { [layer]: prune }, 'branch-zero'), modelId('masked')));
    const own = model.silenced!.find((slices) => slices.layer === 'bn2' && slices.weight === 'gamma')!;
    expect(own).toMatchObject({ axis: 1, positions: prune.toSorted((a, b) => a - b) });
    const gamma = model.network.getLayer('bn2').getWeights()[0]!.arraySync() as number[][];
    for (const row of gamma) for (const channel of prune) expect(Math.abs(row[channel]!)).toBe(0);
  });

  it('holds single weights of a BatchNorm at zero for every group', () => {
    const { model: plain } = goldenSurgery('vgg_bn_gap');
    const [gamma] = plain.network.getLayer('bn2').getWeights();
    const mask = makeWeightMask({ layer: 'bn2', weight: 'gamma', shape: gamma!.shape }, (position) => position === 1);
    const [after] = adapt({ ...plain, weightMasks: [mask] }).weightMasks!;
    const channels = gamma!.size;
    expect(after!.shape).toEqual([2, channels]);
    const held = Array.from({ length: 2 * channels }, (_, position) => position).filter((at) =>
      isHeldAtZero(after!, at),
    );
    expect(held).toEqual([1, channels + 1]);
  });
});
