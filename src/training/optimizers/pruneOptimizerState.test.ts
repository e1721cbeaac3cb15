import '@tensorflow/tfjs-backend-cpu';
import { type Tensor4D, tensor1d, tidy, type Variable, variableGrads } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { crossEntropyLoss } from '../../methods/vanilla/vanilla';
import { forwardTraining } from '../../model/forwardTraining';
import type { LabModel, PruningMode } from '../../model/labModel';
import { layerWeights } from '../../model/network/layerWeights';
import { applyPruning } from '../../model/surgery/applyPruning';
import { maskChannels } from '../../model/surgery/maskChannels';
import { planPruning } from '../../model/surgery/planPruning';
import { startWasmAndCpu } from '../../testing/computeOn';
import { goldenSurgery } from '../../testing/goldenSurgery';
import type { OptimizerSettings } from '../trainSettings';
import { createOptimizer } from './createOptimizer';
import type { Optimizer } from './optimizer';
import { pruneOptimizerState } from './pruneOptimizerState';

beforeAll(startWasmAndCpu);

const weightsOf = ({ network }: LabModel): Record<string, Variable> =>
  Object.fromEntries(
    network.trainableWeights.map((weight) => {
      const variable = weight.read() as Variable;
      return [variable.name, variable];
    }),
  );

function step(model: LabModel, optimizer: Optimizer, images: Tensor4D): void {
  const weights = weightsOf(model);
  tidy(() => {
    const labels = tensor1d(
      Array.from({ length: images.shape[0] }, (_, i) => i % model.classNames.length),
      'int32',
    );
    const { grads } = variableGrads(
      () =>
        crossEntropyLoss({
          ...forwardTraining(model, { images, groups: null }, { rate: 0, seed: 1 }),
          labels,
          classCount: model.classNames.length,
          labelSmoothing: 0,
        }),
      Object.values(weights),
    );
    optimizer.step(weights, grads, 0.05);
  });
}

const sgd: OptimizerSettings = {
  name: 'sgd',
  learningRate: 0.05,
  momentum: 0.9,
  nesterov: true,
  weightDecay: 0,
  decoupled: false,
};

it.each<PruningMode>(['tail', 'stage'])(
  'after surgery in the mode %s a step moves what is left as in the silent twin',
  async (mode) => {
    const { model, images, layer, prune } = goldenSurgery('resnet_tail');
    const optimizer = createOptimizer(sgd);
    step(model, optimizer, images);
    step(model, optimizer, images);
    const plan = planPruning(model, { [layer]: prune }, mode);
    const after = applyPruning(model, plan, modelId('pruned'));
    const cut = createOptimizer(sgd);
    cut.restore(
      weightsOf(after),
      await pruneOptimizerState(await optimizer.state(weightsOf(model)), { before: model, after, plan }),
    );
    const twin = maskChannels(model, plan);
    const whole = createOptimizer(sgd);
    whole.restore(weightsOf(twin), await optimizer.state(weightsOf(model)));
    step(after, cut, images);
    step(twin, whole, images);
    const expected = applyPruning(twin, plan, modelId('twin'));
    for (const [index, moved] of after.network.layers.entries()) {
      for (const [slot, { value }] of layerWeights(moved).entries()) {
        const due = layerWeights(expected.network.layers[index]!)[slot]!.value.dataSync();
        const found = value.dataSync();
        expect(Math.max(...found.map((number, i) => Math.abs(number - due[i]!)))).toBeLessThan(1e-5);
      }
    }
  },
);
