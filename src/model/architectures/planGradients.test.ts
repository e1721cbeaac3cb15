import '@tensorflow/tfjs-backend-cpu';
import { mean, square, type Tensor, tensor4d, variableGrads } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';
import { fillWithWaves, wave } from '../../testing/fillWithWaves';
import { parsePlan } from './architecturePlan';
import { buildFromPlan } from './buildFromPlan';
import golden from './golden/planLogits.json';

beforeAll(startWasmAndCpu);

it.each(golden)(
  'a planned network trains on WASM: its gradients are those of tfjs’ cpu backend ($name)',
  async (example) => {
    const { imageSize, channels } = example;
    /** Gradients of the mean of the squared logits for every weight, in turn. */
    const gradients = () => {
      const network = buildFromPlan(parsePlan(example.plan), {
        name: 'n',
        imageSize,
        channels,
        classCount: 3,
        seed: 1,
      });
      fillWithWaves(network);
      const images = tensor4d(wave(2 * imageSize * imageSize * channels, ''), [2, imageSize, imageSize, channels]);
      const { grads } = variableGrads(() => mean(square(network.apply(images) as Tensor)));
      const weights = network.trainableWeights.map((weight) => weight.read());
      return Object.values(grads).length === weights.length ? Object.values(grads) : [];
    };
    const expected = await valuesOn('cpu', gradients);
    const found = await valuesOn('wasm', gradients);
    expect(expected.length).toBeGreaterThan(8);
    for (const [index, gradient] of expected.entries()) {
      expect(gradient.some((value) => value !== 0)).toBe(true);
      expect(relativeError(found[index]!, gradient)).toBeLessThan(1e-5);
    }
  },
);
