import { setBackend, tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../foundation/ids';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { applyWeightMasks } from '../model/masks/applyWeightMasks';
import { makeWeightMask } from '../model/masks/weightMask';
import { startWasmAndCpu } from '../testing/computeOn';
import golden from '../testing/golden/masked_sgd.json';
import { createOptimizer } from './optimizers/createOptimizer';
import { silenceGradients } from './silenceGradients';

beforeAll(startWasmAndCpu);

/** A network of one weight, [n, 1], with these values. */
function netOf(theta: number[]): LabModel {
  const network = sequential({
    layers: [layers.dense({ name: 'theta', units: 1, useBias: false, inputShape: [theta.length] })],
  });
  tidy(() => network.setWeights([tensor(theta, [theta.length, 1])]));
  return {
    id: modelId('theta'),
    name: 'theta',
    network,
    preprocessing: { imageSize: 1, mean: [0, 0, 0], std: [1, 1, 1] },
    classNames: ['a'],
    originalChannels: {},
  };
}

/** Against `golden/masked_sgd.json`, by torch in float64. */
describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  it.each(golden.cases.map((one, index) => [index + 1, one] as const))(
    'Nesterov SGD with weight decay under a mask moves the other weights as torch does: case %d',
    async (_, { theta, mask, gradients, learningRate, momentum, nesterov, weightDecay, expected }) => {
      expect(await setBackend(backend)).toBe(true);
      const free = netOf(theta);
      const own = makeWeightMask({ layer: 'theta', weight: 'kernel', shape: [theta.length, 1] }, (i) => mask[i] === 0);
      const model = applyWeightMasks(free, [own], modelId('masked'));
      const weight = model.network.trainableWeights[0]!.read() as Variable;
      const silence = silenceGradients(model);
      const optimizer = createOptimizer({ name: 'sgd', learningRate, momentum, nesterov, weightDecay });
      for (const [step, gradient] of gradients.entries()) {
        const grads = silence.apply({ [weight.name]: tensor(gradient, weight.shape) });
        optimizer.step({ [weight.name]: weight }, grads, learningRate);
        const found = await weight.data();
        for (const [i, due] of expected[step]!.entries()) {
          expect(Math.abs(found[i]! - due)).toBeLessThan(1e-5 * Math.max(1, Math.abs(due)));
          if (mask[i] === 0) expect(found[i]).toBe(0);
        }
      }
      silence.dispose();
      optimizer.dispose();
      disposeModel(free);
      disposeModel(model);
    },
  );
});
