import { add, logSoftmax, mean, mul, neg, type Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod/mini';
import { bounds } from '../../foundation/bounds';
import { numberSetting } from '../../foundation/setting';
import { type LossInput, type TrainingLoss, type TrainingPlan, theModel } from '../../training/trainingPlan';
import { groupHead } from '../groupHead';
import type { Method } from '../method';
import { crossEntropyLoss } from '../vanilla/vanilla';

const headName = 'group head';
/** The model in one epoch, the group head in the two after it. */
const epochsPerTurn = 3;

const settings = z.strictObject({
  alpha: numberSetting(bounds.lossWeight, 1, {
    label: 'Weight α of the confusion',
    meaning: 'Multiplies how far the group head is from undecided, which is added to the cross-entropy.',
  }),
  headLearningRate: numberSetting(bounds.learningRate, 1e-4, {
    label: 'Learning rate of the group head',
    meaning: 'Rate of the Adam that trains the group head; it follows the schedule of the training.',
  }),
  headWeightDecay: numberSetting(bounds.weightDecay, 3e-4, {
    label: 'Weight decay of the group head',
    meaning: 'Added to the gradient of the group head’s weights, times the weights.',
  }),
});
type Settings = z.infer<typeof settings>;

const headLogits = ({ companions, features }: LossInput) => companions[headName]!(features);

/** −mean log q: least where the head gives every group the same probability. */
function confusionLoss(input: LossInput): Scalar {
  return neg(mean(logSoftmax(headLogits(input))));
}

const headLoss: TrainingLoss = (input) =>
  crossEntropyLoss({
    logits: headLogits(input),
    labels: input.groups,
    classCount: input.groupCount,
    labelSmoothing: 0,
  });

/** A head that reads the group from the features, and features that are trained to leave it undecided, in turns. */
export const advConf: Method<Settings> = {
  id: 'adv-conf',
  label: 'AdvConf',
  meaning: 'Trains the features so that a head that guesses the group from them stays undecided.',
  formula:
    'epochs 1, 4, 7, …: loss = cross-entropy + α · (−mean log q), q = the group head’s probabilities; other epochs: the head’s cross-entropy on the group',
  source: {
    publication:
      'Alvi, Zisserman and Nellåker, Turning a Blind Eye, ECCV Workshops 2018; as compared by Wang et al., CVPR 2020.',
    code: 'princetonvisualai/DomainBiasMitigation',
    differences: [
      'The release moves trunk and class head by two optimisers of the same settings; one optimiser over both takes the same steps.',
      'In a run, every round’s fine-tuning begins with a new group head.',
    ],
    unknown: [],
  },
  settings,
  plan: ({ alpha, headLearningRate: learningRate, headWeightDecay: weightDecay }): TrainingPlan => ({
    companions: [
      groupHead({ name: headName, optimizer: { name: 'adam', learningRate, weightDecay } }, ({ features }) => features),
    ],
    phaseOf: (epoch) => ((epoch - 1) % epochsPerTurn === 0 ? 'model' : 'group head'),
    objectives: (phase) =>
      phase === 'model'
        ? [
            {
              trains: [theModel],
              loss: (input) => add(crossEntropyLoss(input), mul(alpha, confusionLoss(input))),
            },
          ]
        : [{ trains: [headName], loss: headLoss }],
  }),
};
