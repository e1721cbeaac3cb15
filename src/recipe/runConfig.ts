import * as z from 'zod/mini';
import type { DemoSettings } from '../dataset/stored/dataset';
import { boundedList, boundedNumber, nameSchema } from '../foundation/boundedSchema';
import { bounds, describeBound } from '../foundation/bounds';
import { LabError } from '../foundation/labError';
import { defaultArms, importanceIdSchema, registeredImportanceSchema } from '../importance/importances';
import { pruningModes } from '../model/labModel';
import { type SnnlOptions, snnlPresets } from '../snnl/snnlOptions';
import { defaultFineTune, type TrainSettings } from '../training/trainSettings';

const share = boundedNumber(bounds.share);

export const snnlOptionsSchema: z.ZodMiniType<SnnlOptions> = z.strictObject({
  distance: z.enum(['squared-euclidean', 'cosine']),
  selfInNumerator: z.boolean(),
  temperature: z.union([z.literal('auto'), boundedNumber(bounds.temperature)], {
    error: ({ input }) => `must be "auto" or ${describeBound(bounds.temperature)}, not ${String(input)}`,
  }),
  logarithm: z.enum(['log-sum-exp', 'epsilon']),
  batchSize: boundedNumber(bounds.scoreBatch),
  batching: z.enum(['stratified', 'file-order']),
  dropShortBatch: z.boolean(),
});

export const trainSettingsSchema: z.ZodMiniType<TrainSettings> = z.strictObject({
  epochs: boundedNumber(bounds.epochs),
  batchSize: boundedNumber(bounds.trainBatch),
  optimizer: z.discriminatedUnion('name', [
    z.strictObject({
      name: z.literal('sgd'),
      learningRate: boundedNumber(bounds.learningRate),
      momentum: share,
      nesterov: z.boolean(),
      weightDecay: boundedNumber(bounds.weightDecay),
      decoupled: z.optional(z.boolean()),
    }),
    z.strictObject({
      name: z.enum(['adam', 'adamw']),
      learningRate: boundedNumber(bounds.learningRate),
      weightDecay: boundedNumber(bounds.weightDecay),
    }),
  ]),
  schedule: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('step'),
      stepEpochs: boundedNumber(bounds.epochsOfStep),
      gamma: boundedNumber(bounds.rateFactor),
    }),
    z.strictObject({ kind: z.literal('cosine'), minLearningRate: boundedNumber(bounds.lastLearningRate) }),
    z.strictObject({ kind: z.literal('constant') }),
  ]),
  // Fields that older records lack have the value that training had without them.
  warmUpEpochs: z._default(boundedNumber(bounds.warmUpEpochs), 0),
  sampler: z.enum(['class-balanced', 'group-balanced', 'plain']),
  augmentation: z.strictObject({
    horizontalFlip: z.boolean(),
    verticalFlip: z.boolean(),
    quarterTurns: z.boolean(),
    brightness: share,
    saturation: share,
    rotationDegrees: z._default(boundedNumber(bounds.rotationDegrees), 0),
    scaleChangeRatio: z._default(boundedNumber(bounds.scaleChange), 0),
    shearDegrees: z._default(boundedNumber(bounds.shearDegrees), 0),
    autoAugment: z._default(z.boolean(), false),
    cutoutSideRatio: z._default(share, 0),
  }),
  labelSmoothing: z._default(boundedNumber(bounds.labelSmoothing), 0),
  dropout: z._default(boundedNumber(bounds.dropout), 0),
  gradientClipping: z._default(z.nullable(boundedNumber(bounds.gradientNorm)), null),
  earlyStopping: z._default(
    z.nullable(
      z.strictObject({ patienceEpochs: boundedNumber(bounds.epochsOfStep), minDelta: boundedNumber(bounds.lossFall) }),
    ),
    null,
  ),
});

export const demoSettings: z.ZodMiniType<DemoSettings> = z.strictObject({
  bias: share,
  count: boundedNumber(bounds.demoImages),
  imageSize: boundedNumber(bounds.imageSize),
  seed: boundedNumber(bounds.seed),
});

/** Each arm of a run once. */
function armsOf(id: z.ZodMiniType<string>) {
  return boundedList(id, { least: 1 }).check(
    z.refine((arms) => new Set(arms).size === arms.length, 'must name each arm once'),
  );
}

/** Settings of one run of the recipe: everything that decides its outcome, besides the data and the model. */
export const runConfigSchema = z.strictObject({
  seed: boundedNumber(bounds.seed),
  /** Convolution to prune; null = the last one. */
  layer: z.nullable(nameSchema),
  score: snnlOptionsSchema,
  pruning: z.strictObject({
    /** pr_c: share of channels pruned per round. */
    ratio: boundedNumber(bounds.pruningRatio),
    /** `half-up`, `floor` and `ceil` take the share of the channels there are now, `of-original` of those at the start. */
    rounding: z.enum(['half-up', 'floor', 'ceil', 'of-original']),
    /** What becomes of the channels. Records from before there was a choice removed them. */
    mode: z._default(z.enum(pruningModes), 'tail'),
    rounds: boundedNumber(bounds.rounds),
    /** th_acc: largest drop of Avg F1 against the unpruned model. */
    maxAccuracyDrop: boundedNumber(bounds.accuracyDrop),
    /** th_fair: least fall of the criterion against the previous round. */
    minFairnessGain: boundedNumber(bounds.fairnessGain),
    /** The fairness criterion that stops and selects. */
    criterion: z.enum(['eopp0', 'eopp1', 'eodd']),
    /** Run all rounds and only mark where it would have stopped. */
    continuePastStop: z.boolean(),
  }),
  fineTune: trainSettingsSchema,
  /** Ids of importances, one arm each. */
  arms: armsOf(registeredImportanceSchema),
  statistics: z.strictObject({
    replicates: boundedNumber(bounds.resamples),
    permutations: boundedNumber(bounds.resamples),
    level: boundedNumber(bounds.level),
  }),
});
export type RunConfig = z.infer<typeof runConfigSchema>;

/** Settings as a record holds them: their arms may be of importances that are not registered here. */
export const storedRunConfigSchema = z.extend(runConfigSchema, { arms: armsOf(importanceIdSchema) });

/** The lab's defaults: the paper's preset and ratio, the authors' optimiser with few epochs, two controls. */
export const defaultRunConfig: RunConfig = {
  seed: 1,
  layer: null,
  score: snnlPresets.paper,
  pruning: {
    ratio: 0.02,
    rounding: 'half-up',
    mode: 'tail',
    rounds: 3,
    maxAccuracyDrop: 0.02,
    minFairnessGain: 0.001,
    criterion: 'eodd',
    continuePastStop: true,
  },
  fineTune: defaultFineTune,
  arms: [...defaultArms],
  statistics: { replicates: 1000, permutations: 1000, level: 0.95 },
};

/**
 * Checks settings from a file or a form.
 * @throws LabError `config-invalid`, naming the first field that is wrong
 */
export function parseRunConfig(value: unknown): RunConfig {
  const parsed = runConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join('.') || '(top level)';
  throw new LabError({
    code: 'config-invalid',
    message: `The setting "${field}" is not valid: ${issue.message}.`,
    hint: 'Correct this field. The README lists every setting with its default.',
    details: { field },
  });
}

/**
 * Fills what a settings file leaves out from the defaults, then checks the whole.
 * @throws LabError `config-invalid`
 */
export function completeRunConfig(given: unknown): RunConfig {
  return parseRunConfig(mergeSettings(defaultRunConfig, given));
}

/** Fields of plain objects are filled in one by one; anything else that is given replaces the default whole. */
function mergeSettings(defaults: unknown, given: unknown): unknown {
  if (given === undefined) return defaults;
  if (!isPlainObject(defaults) || !isPlainObject(given) || isOtherVariant(defaults, given)) return given;
  const keys = new Set([...Object.keys(defaults), ...Object.keys(given)]);
  return Object.fromEntries([...keys].map((key) => [key, mergeSettings(defaults[key], given[key])]));
}

/** Another optimiser or schedule than the default's has fields of its own: it is given whole. */
function isOtherVariant(defaults: Record<string, unknown>, given: Record<string, unknown>): boolean {
  return ['name', 'kind'].some((key) => key in given && key in defaults && given[key] !== defaults[key]);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
