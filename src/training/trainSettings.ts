import * as z from 'zod/mini';
import { augmentationSchema } from '../dataset/batches/augmentation/augmentation';
import { bounds } from '../foundation/bounds';
import {
  initialSettings,
  numberOrNullSetting,
  numberSetting,
  requiredChoice,
  requiredNumber,
  requiredSwitch,
  variantSetting,
} from '../foundation/setting';

export const optimizerNames = { sgd: 'SGD', adam: 'Adam', adamw: 'AdamW' } as const;

const optimizerText = {
  label: 'Optimiser',
  meaning:
    "How gradients become steps, with PyTorch's meaning of each number. adam adds the weight decay to the gradient, adamw shrinks the weights themselves.",
  initial: 'sgd',
};

/** What all optimisers have. */
const learningRate = requiredNumber(bounds.learningRate, 2e-4, {
  label: 'Learning rate',
  meaning: 'The size of a step, before the schedule changes it.',
  section: 'everyday',
});
const weightDecay = requiredNumber(bounds.weightDecay, 1e-5, {
  label: 'Weight decay',
  meaning: 'How strongly weights are drawn to 0.',
  decimals: 8,
});

export const sgdSchema = z.strictObject({
  name: variantSetting(z.literal('sgd'), optimizerNames, optimizerText),
  learningRate,
  momentum: requiredNumber(bounds.share, 0.9, {
    label: 'Momentum',
    meaning: 'The share of the last step that goes into the next. Of SGD.',
    decimals: 4,
  }),
  nesterov: requiredSwitch(true, {
    label: 'Nesterov momentum',
    meaning: 'The momentum looks one step ahead. Of SGD.',
  }),
  weightDecay,
  decoupled: z.optional(
    requiredSwitch(false, {
      label: 'Decoupled weight decay (else L2, as PyTorch’s SGD)',
      meaning: 'Weight decay shrinks the weights themselves instead of adding to the gradient. Of SGD.',
    }),
  ),
});

export const adamSchema = z.strictObject({
  name: variantSetting(z.enum(['adam', 'adamw']), optimizerNames, optimizerText),
  learningRate,
  weightDecay,
});

const optimizerSchema = z.discriminatedUnion('name', [sgdSchema, adamSchema]);
export type OptimizerSettings = z.infer<typeof optimizerSchema>;

export const scheduleNames = { constant: 'constant', step: 'steps', cosine: 'cosine' } as const;

const scheduleText = {
  label: 'Schedule',
  meaning:
    'How the learning rate goes over the epochs: step multiplies it by a factor every few epochs, cosine lowers it along half a cosine.',
  initial: 'step',
};

export const stepSchema = z.strictObject({
  kind: variantSetting(z.literal('step'), scheduleNames, scheduleText),
  stepEpochs: requiredNumber(bounds.epochsOfStep, 100, {
    label: 'Epochs per step',
    meaning: 'After how many epochs the learning rate is multiplied. Of steps.',
  }),
  gamma: requiredNumber(bounds.rateFactor, 0.1, {
    label: 'Factor per step, γ',
    meaning: 'What the learning rate is multiplied by. Of steps.',
    decimals: 4,
  }),
});

export const cosineSchema = z.strictObject({
  kind: variantSetting(z.literal('cosine'), scheduleNames, scheduleText),
  minLearningRate: requiredNumber(bounds.lastLearningRate, 0, {
    label: 'Learning rate at the end',
    meaning: 'The learning rate that the last epoch comes down to. Of cosine.',
    decimals: 8,
  }),
});

export const constantSchema = z.strictObject({
  kind: variantSetting(z.literal('constant'), scheduleNames, scheduleText),
});

export const stoppingSchema = z.strictObject({
  patienceEpochs: requiredNumber(bounds.epochsOfStep, 5, {
    label: 'Patience',
    meaning: 'Training ends after so many epochs without a fall of the validation loss, and keeps the best epoch.',
    unit: 'epochs',
  }),
  minDelta: requiredNumber(bounds.lossFall, 0, {
    label: 'Least fall that counts',
    meaning: 'A smaller fall of the validation loss counts as none.',
  }),
});

/** Parts of the form that are closed at first. */
export const trainingSections = { schedule: 'Learning rate schedule', regularization: 'Sampling and regularisation' };

/** Everything that decides a training. Settings that older records lack have the value that training had without them. */
export const trainSettingsSchema = z.strictObject({
  epochs: requiredNumber(bounds.epochs, 1, {
    label: 'Epochs',
    meaning: 'How often training goes through the images.',
    section: 'everyday',
  }),
  batchSize: requiredNumber(bounds.trainBatch, 32, {
    label: 'Batch size',
    meaning: 'How many images a step is made from.',
    unit: 'images',
    section: 'everyday',
  }),
  optimizer: optimizerSchema,
  schedule: z.discriminatedUnion('kind', [stepSchema, cosineSchema, constantSchema]),
  warmUpEpochs: numberSetting(bounds.warmUpEpochs, 0, {
    label: 'Warm-up',
    meaning: "The epochs over which the learning rate rises linearly to the schedule's, batch by batch.",
    unit: 'epochs',
    decimals: 2,
    section: trainingSections.schedule,
  }),
  sampler: requiredChoice(
    { 'class-balanced': 'class-balanced', 'group-balanced': 'class × group', plain: 'as they are' },
    'class-balanced',
    {
      label: 'Sampler',
      meaning:
        'plain is a new permutation every epoch. With replacement, class-balanced draws every class equally often, group-balanced every combination of class and group.',
      section: trainingSections.regularization,
    },
  ),
  augmentation: augmentationSchema,
  labelSmoothing: numberSetting(bounds.labelSmoothing, 0, {
    label: 'Label smoothing, ε',
    meaning: 'The target is 1 - ε for the label, and ε / classes more for every class.',
    decimals: 3,
    section: trainingSections.regularization,
  }),
  dropout: numberSetting(bounds.dropout, 0, {
    label: 'Dropout before the last layer',
    meaning: "The share of what the network's head reads that is dropped at random in training.",
    unit: 'share',
    decimals: 3,
    section: trainingSections.regularization,
  }),
  gradientClipping: numberOrNullSetting(bounds.gradientNorm, {
    label: 'Largest norm of all gradients',
    meaning: 'Gradients whose Euclidean norm together is longer are shortened to it; null sets no limit.',
    decimals: 4,
    section: trainingSections.regularization,
    start: 1,
    choice: { label: 'Clip gradients', on: 'number' },
  }),
  earlyStopping: z._default(z.nullable(stoppingSchema), null),
});
export type TrainSettings = z.infer<typeof trainSettingsSchema>;

/**
 * The authors' optimiser (SGD, Nesterov momentum 0.9, weight decay 1e-5), in few and small steps: they fine-tune 200
 * epochs in batches of 256 at rate 0.01. On the demo's baseline, which has no BatchNorm, one epoch in batches of 32 was
 * tried at 0.01, 0.003, 0.00125, 0.001, 0.0005 and 0.0002: down to 0.00125 fine-tuning alone lost up to 0.3 of Avg F1,
 * at 0.0002 it kept the validation accuracy within its noise.
 */
export const defaultFineTune: TrainSettings = initialSettings(trainSettingsSchema);

export const defaultTraining: TrainSettings = {
  ...defaultFineTune,
  epochs: 24,
  optimizer: { name: 'adam', learningRate: 2e-3, weightDecay: 1e-5 },
  schedule: { kind: 'step', stepEpochs: 9, gamma: 0.3 },
};

export interface EpochRecord {
  epoch: number;
  /** Of the epoch's last batch. */
  learningRate: number;
  trainLoss: number;
  validationLoss: number;
  validationAccuracy: number;
  /** What went wrong without stopping the training; see `findTrainingWarning`. Absent in older records. */
  warning?: TrainingWarning | null;
  /** Which phase of the method the epoch was in; absent where it has none. The training loss is that phase's. */
  phase?: string;
}

/** `one-class`: every validation image gets the same class. `loss-rose`: the validation loss is far above its lowest. */
export type TrainingWarning = 'one-class' | 'loss-rose';
