import '@tensorflow/tfjs-backend-cpu';
import { io, memory, type Rank, randomNormal, setBackend, softmax, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { largestDifference } from '../../testing/goldenSurgery';
import { buildNestedNetwork, type NestedPart, plainKinds, uses } from '../../testing/randomNested';
import { randomImageSize } from '../../testing/randomNetwork';
import { saveByTfjs } from '../../testing/saveByTfjs';
import { copyModel } from '../copyModel';
import { disposeModel } from '../disposeModel';
import { disposeNetwork } from '../network/disposeNetwork';
import { readModelFiles } from '../readModelFiles';
import { serializeModel } from '../serializeModel';
import { summarizeModel } from '../summarizeModel';
import { applyPruning } from '../surgery/applyPruning';
import { maskChannels } from '../surgery/maskChannels';
import { planPruning } from '../surgery/planPruning';

beforeAll(async () => {
  await setBackend('cpu');
});

const { part } = fc.letrec<{ part: NestedPart }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...plainKinds),
    fc.record({
      network: fc.constantFrom('functional' as const, 'sequential' as const),
      use: fc.constantFrom(...uses),
      parts: fc.array(tie('part'), { maxLength: 3 }),
    }),
  ),
}));
const networks = fc.record({
  isSequence: fc.boolean(),
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
  seed: fc.integer({ min: 1, max: 10_000 }),
});

const images = randomNormal<Rank.R4>([2, randomImageSize, randomImageSize, 3], 0, 1, 'float32', 3);
const outputsOf = (network: LayersModel) => tidy(() => (network.predict(images) as Tensor2D).arraySync());
const scoresOf = (network: LayersModel) => tidy(() => softmax(network.predict(images) as Tensor2D).arraySync());

describe('random networks inside random networks', () => {
  it('give the outputs of the network that tfjs saved, also copied, pruned, and exported to plain tfjs', async () => {
    await fc.assert(
      fc.asyncProperty(networks, fc.nat(1000), async (description, number) => {
        const before = memory().numTensors;
        const network = buildNestedNetwork(description);
        const due = outputsOf(network);
        const files = await saveByTfjs(network);
        disposeNetwork(network);
        const model = await readModelFiles(files);
        expect(largestDifference(scoresOf(model.network), due)).toBeLessThan(1e-5);
        const { layers } = summarizeModel(model, { batchSize: 1 });
        const prunable = layers.filter((layer) => layer.prunable);
        const copy = copyModel(model, modelId('copy'));
        expect(outputsOf(copy.network)).toEqual(outputsOf(model.network));
        const { topology, weightSpecs, weights } = await serializeModel(copy);
        const reloaded = await loadLayersModel(
          io.fromMemory({ modelTopology: topology, weightSpecs, weightData: weights }),
        );
        expect(largestDifference(outputsOf(reloaded), outputsOf(model.network))).toBeLessThan(1e-6);
        disposeNetwork(reloaded);
        if (prunable.length > 0) {
          const plan = planPruning(model, { [prunable[number % prunable.length]!.name]: [number % 4] });
          const pruned = applyPruning(model, plan, modelId('pruned'));
          const masked = maskChannels(model, plan);
          expect(largestDifference(outputsOf(pruned.network), outputsOf(masked.network))).toBeLessThan(1e-4);
          for (const made of [pruned, masked]) disposeModel(made);
        }
        for (const made of [model, copy]) disposeModel(made);
        expect(memory().numTensors).toBe(before);
      }),
      { numRuns: 60, seed: 1 },
    );
  }, 300_000);
});
