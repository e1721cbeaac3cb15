import { keep, randomNormal, type Tensor4D, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { crossEntropyLoss } from '../../methods/vanilla/vanilla';
import { forwardTraining } from '../../model/forwardTraining';
import { silenceGradients } from '../../training/silenceGradients';
import { createTrainees, disposeTrainees } from '../../training/trainee';
import { planOfLoss } from '../../training/trainingPlan';
import { defaultFineTune, type TrainSettings } from '../../training/trainSettings';
import { trainStep } from '../../training/trainStep';
import type { Work } from '../benchCase';
import { buildNet } from './buildNet';
import type { PreparedWork } from './preparedWork';

const groupCount = 2;
const settings: TrainSettings = {
  ...defaultFineTune,
  optimizer: { name: 'sgd', learningRate: 1e-4, momentum: 0.9, nesterov: true, weightDecay: 1e-5 },
  schedule: { kind: 'constant' },
};

/**
 * One training step on a batch that is there: forward, cross-entropy, backward, SGD with Nesterov momentum; the loss is
 * read. It is the step of every training, without its reading and augmenting of images.
 */
export function prepareTrainStep(work: Extract<Work, { kind: 'train-step' | 'forward' }>): PreparedWork {
  const model = buildNet(work.net, work.imageSize);
  const classCount = model.classNames.length;
  const images: Tensor4D = randomNormal([work.batch, work.imageSize, work.imageSize, 3], 0, 1, 'float32', 1);
  const labels = tensor1d(
    Array.from({ length: work.batch }, (_, image) => image % classCount),
    'int32',
  );
  const plan = planOfLoss(crossEntropyLoss);
  const trainees = createTrainees(model, plan, { groupCount }, { settings, seed: 1 });
  const silence = silenceGradients(model);
  const known = { labels, groups: labels, classCount, groupCount, labelSmoothing: 0, companions: {}, teacher: null };
  const input = () => ({ ...forwardTraining(model, { images, groups: null }), ...known });
  const step = () => trainStep({ settings, plan, trainees, silence }, input, { epoch: 1, share: 1 });

  return {
    async run() {
      const loss = keep(tidy(step));
      await loss.data();
      loss.dispose();
    },
    dispose() {
      disposeTrainees(trainees);
      silence.dispose();
      images.dispose();
      labels.dispose();
      model.network.dispose();
    },
  };
}
