import {
  add,
  div,
  greater,
  mul,
  type NamedTensorMap,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import * as z from 'zod/mini';
import { bounds } from '../../foundation/bounds';
import { numberSetting } from '../../foundation/setting';
import { type LossInput, type TrainingLoss, type TrainingPlan, theModel } from '../../training/trainingPlan';
import { groupHead } from '../groupHead';
import type { Method } from '../method';
import { crossEntropyLoss } from '../vanilla/vanilla';

const adversaryName = 'adversary';
/** An adversary's gradient that is no longer than this is not projected on. */
const leastNorm = 1e-5;

const settings = z.strictObject({
  alpha: numberSetting(bounds.lossWeight, 1, {
    label: 'Weight α of the adversary',
    meaning: 'Multiplies the adversary’s gradient, which is taken from the model’s.',
  }),
});
type Settings = z.infer<typeof settings>;

const adversaryLoss: TrainingLoss = (input: LossInput) =>
  crossEntropyLoss({
    logits: input.companions[adversaryName]!(input.logits),
    labels: input.groups,
    classCount: input.groupCount,
    labelSmoothing: 0,
  });

/** g − proj(g on a) − α a for each weight tensor by itself; g of the classes, a of the adversary. */
export function removeAdversary([ofClasses, ofAdversary]: readonly NamedTensorMap[], alpha: number): NamedTensorMap {
  return Object.fromEntries(
    Object.entries(ofClasses!).map(([name, gradient]) => [
      name,
      withoutDirection(gradient, ofAdversary![name]!, alpha),
    ]),
  );
}

function withoutDirection(gradient: Tensor, direction: Tensor, alpha: number): Tensor {
  const norm = sqrt(sum(square(direction)));
  const isLong = greater(norm, leastNorm);
  const length = where(isLong, norm, add(zerosLike(norm), 1));
  const unit = div(direction, length);
  const projection = mul(sum(mul(gradient, unit)), unit);
  const removed = where(isLong, projection, zerosLike(projection));
  return sub(sub(gradient, removed), mul(alpha, direction));
}

/** An adversary that guesses the group from the class logits, and a model whose gradient does not help it. */
export const advRev: Method<Settings> = {
  id: 'adv-rev',
  label: 'AdvRev',
  meaning: 'Takes from every gradient what would help an adversary that guesses the group from the class logits.',
  formula:
    'gradient of each weight tensor = g − proj(g on a) − α · a; g of the cross-entropy, a of the adversary’s loss',
  source: {
    publication:
      'Zhang, Lemoine and Mitchell, Mitigating Unwanted Biases with Adversarial Learning, AIES 2018; as compared by Wang et al., CVPR 2020. Printed AdvRef in the paper.',
    code: 'princetonvisualai/DomainBiasMitigation',
    differences: [
      'The adversary’s gradient is taken before its own step. The release steps first, which current PyTorch refuses.',
      'The adversary has the optimiser of the training.',
    ],
    unknown: ['α is not printed; 1 is that of the released code.'],
  },
  settings,
  plan: ({ alpha }): TrainingPlan => ({
    companions: [groupHead({ name: adversaryName, optimizer: null }, ({ classCount }) => classCount)],
    objectives: () => [
      { trains: [theModel], loss: crossEntropyLoss },
      { trains: [theModel, adversaryName], loss: adversaryLoss },
    ],
    combine: (gradients) => removeAdversary(gradients, alpha),
  }),
};
