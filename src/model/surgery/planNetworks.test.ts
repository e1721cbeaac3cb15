import '@tensorflow/tfjs-backend-cpu';
import { type Rank, randomNormal, setBackend } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import { fillWithWaves } from '../../testing/fillWithWaves';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { randomPlan } from '../../testing/randomPlan';
import type { ArchitecturePlan } from '../architectures/architecturePlan';
import { buildArchitecture } from '../architectures/buildArchitecture';
import { deserializeModel } from '../deserializeModel';
import { disposeModel } from '../disposeModel';
import type { LabModel } from '../labModel';
import { presetScale } from '../preprocessing';
import { serializeModel } from '../serializeModel';
import { summarizeModel } from '../summarizeModel';
import { applyPruning } from './applyPruning';
import { maskChannels } from './maskChannels';
import { planPruning } from './planPruning';

beforeAll(async () => {
  await setBackend('cpu');
});

const imageSize = 15;

/** The network; null where the plan does not fit the images. */
function tryBuild(plan: ArchitecturePlan): LabModel | null {
  try {
    return buildArchitecture(
      { plan, imageSize, classCount: 3, seed: 1 },
      {
        id: modelId('m'),
        name: 'm',
        classNames: ['a', 'b', 'c'],
        preprocessing: { imageSize, ...presetScale('lab') },
      },
    );
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}

it('a layer of a planned network loses a channel: logits of its silent twin, the cost foretold, the same when stored', async () => {
  const images = randomNormal<Rank.R4>([2, imageSize, imageSize, 3], 0, 1, 'float32', 3);
  let carriedOut = 0;
  await fc.assert(
    fc.asyncProperty(randomPlan, fc.nat(1000), async (steps, number) => {
      const model = tryBuild(steps);
      if (!model) return;
      fillWithWaves(model.network);
      const { layers } = summarizeModel(model, { batchSize: 1 });
      const prunable = layers.filter(({ prunable, outputShape }) => prunable && outputShape.at(-1)! > 1);
      const layer = prunable[number % Math.max(1, prunable.length)];
      if (!layer) return disposeModel(model);
      carriedOut++;
      const targets = { [layer.name]: [number % layer.outputShape.at(-1)!] };
      const plan = planPruning(model, targets, 'tail');
      const pruned = applyPruning(model, plan, modelId('pruned'));
      const silent = maskChannels(model, plan);
      expect(largestDifference(logitsOf(pruned, images), logitsOf(silent, images))).toBeLessThan(1e-4);
      expect(summarizeModel(pruned, { batchSize: 1 }).macs).toBe(plan.macsAfter);
      const restored = await deserializeModel(await serializeModel(pruned));
      expect(logitsOf(restored, images)).toEqual(logitsOf(pruned, images));
      for (const each of [restored, silent, pruned, model]) disposeModel(each);
    }),
    { numRuns: 80, seed: 13 },
  );
  expect(carriedOut).toBeGreaterThan(25);
});
