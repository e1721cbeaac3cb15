import '@tensorflow/tfjs-backend-cpu';
import { type Tensor, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';
import { fillWithWaves, wave } from '../../testing/fillWithWaves';
import { parsePlan } from './architecturePlan';
import { buildFromPlan } from './buildFromPlan';
import golden from './golden/planLogits.json';

beforeAll(startWasmAndCpu);

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  it.each(golden)('a plan gives the logits of PyTorch’s nn.Sequential: $name', async (example) => {
    const { imageSize, channels, logits } = example;
    const [values] = await valuesOn(backend, () => {
      const network = buildFromPlan(parsePlan(example.plan), {
        name: 'n',
        imageSize,
        channels,
        classCount: 3,
        seed: 1,
      });
      fillWithWaves(network);
      const images = tensor4d(wave(2 * imageSize * imageSize * channels, ''), [2, imageSize, imageSize, channels]);
      return [network.predict(images) as Tensor];
    });
    expect(relativeError(values!, logits.flat())).toBeLessThan(1e-5);
  });
});
