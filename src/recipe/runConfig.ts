import * as z from 'zod/mini';
import type { DemoSettings } from '../dataset/stored/dataset';
import { boundedList, boundedNumber, nameSchema } from '../foundation/boundedSchema';
import { bounds } from '../foundation/bounds';
import { LabError } from '../foundation/labError';
import { registryIdSchema } from '../foundation/registry';
import { initialSettings, otherSetting, requiredNumber } from '../foundation/setting';
import { defaultArms, registeredImportanceSchema } from '../importance/importances';
import { snnlOptionsSchema, snnlPresets } from '../snnl/snnlOptions';
import { defaultFineTune, trainSettingsSchema } from '../training/trainSettings';
import { pruningSchema } from './pruningSettings';

const share = boundedNumber(bounds.share);

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

/** How sure the figures of a run are: of every evaluation's intervals and noise floor. */
export const statisticsSchema = z.strictObject({
  replicates: requiredNumber(bounds.resamples, 1000, {
    label: 'Resamples',
    meaning: 'The number of resamples of a bootstrap that intervals are taken from; 0 gives no intervals.',
  }),
  permutations: requiredNumber(bounds.resamples, 1000, {
    label: 'Permutations',
    meaning:
      'The number of permutations of the group within each class that a noise floor is taken from; 0 gives none.',
  }),
  level: requiredNumber(bounds.level, 0.95, {
    label: 'Level',
    meaning: 'The share of resamples that lies within an interval.',
    unit: 'share',
  }),
});

/** Settings of one run of the recipe: everything that decides its outcome, besides the data and the model. */
export const runConfigSchema = z.strictObject({
  seed: requiredNumber(bounds.seed, 1, {
    label: 'Seed',
    meaning: 'Decides every random choice of a run: batches, order of images, augmentation, resamples, the random arm.',
  }),
  layer: otherSetting(z.nullable(nameSchema), {
    label: 'Layer',
    meaning: 'The convolution to score and prune; null is the last one.',
    initial: null,
    range: 'the name of a convolution, or null',
  }),
  score: snnlOptionsSchema,
  pruning: pruningSchema,
  fineTune: trainSettingsSchema,
  arms: otherSetting(armsOf(registeredImportanceSchema), {
    label: 'Arms',
    meaning: 'The importances that channels are ranked by, one arm each; all but snnl are controls.',
    initial: defaultArms,
    range: 'a list of importances, each once',
  }),
  statistics: statisticsSchema,
});
export type RunConfig = z.infer<typeof runConfigSchema>;

/** Settings as a record holds them: their arms may be of importances that are not registered here. */
export const storedRunConfigSchema = z.extend(runConfigSchema, { arms: armsOf(registryIdSchema) });

/** The lab's defaults: the paper's preset and ratio, the authors' optimiser with few epochs, two controls. */
export const defaultRunConfig: RunConfig = {
  seed: 1,
  layer: null,
  score: snnlPresets.paper,
  pruning: initialSettings(pruningSchema),
  fineTune: defaultFineTune,
  arms: [...defaultArms],
  statistics: initialSettings(statisticsSchema),
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
