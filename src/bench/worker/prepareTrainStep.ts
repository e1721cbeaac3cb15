import {
  keep,
  randomNormal,
  type Scalar,
  type Tensor4D,
  tensor1d,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { crossEntropyLoss } from '../../methods/vanilla/vanilla';
import { forwardTraining } from '../../model/forwardTraining';
import { createOptimizer } from '../../training/optimizers/createOptimizer';
import type { Work } from '../benchCase';
import { buildNet } from './buildNet';
import type { PreparedWork } from './preparedWork';

const learningRate = 1e-4;

/**
 * One training step on a batch that is there: forward, cross-entropy, backward, SGD with Nesterov momentum; the loss is
 * read. The same calls as in `trainModel`, without its reading and augmenting of images.
 */
export function prepareTrainStep(work: Extract<Work, { kind: 'train-step' | 'forward' }>): PreparedWork {
  const model = buildNet(work.net, work.imageSize);
  const classCount = model.classNames.length;
  const images: Tensor4D = randomNormal([work.batch, work.imageSize, work.imageSize, 3], 0, 1, 'float32', 1);
  const labels = tensor1d(
    Array.from({ length: work.batch }, (_, image) => image % classCount),
    'int32',
  );
  const variables = model.network.trainableWeights.map((weight) => weight.read() as Variable);
  const weights = Object.fromEntries(variables.map((variable) => [variable.name, variable]));
  const optimizer = createOptimizer({ name: 'sgd', learningRate, momentum: 0.9, nesterov: true, weightDecay: 1e-5 });

  function step(): Scalar {
    const { value, grads } = variableGrads(
      () =>
        crossEntropyLoss({
          ...forwardTraining(model, { images, groups: null }),
          labels,
          classCount,
          labelSmoothing: 0,
        }),
      variables,
    );
    optimizer.step(weights, grads, learningRate);
    return value;
  }

  return {
    async run() {
      const loss = keep(tidy(step));
      await loss.data();
      loss.dispose();
    },
    dispose() {
      optimizer.dispose();
      images.dispose();
      labels.dispose();
      model.network.dispose();
    },
  };
}
