import * as z from 'zod/mini';
import { joinPlanSchema, mappingSchema } from '../dataset/mapping/parseMapping';
import { imageFitSchema } from '../foundation/imageFit';
import { LabError } from '../foundation/labError';
import { architectureNames, channelCounts, headKinds } from '../model/labModel';
import { completeRunConfig, demoSettings, type RunConfig, trainSettingsSchema } from '../recipe/runConfig';

/** The sides that images can be stored with, in pixels, as on the page. */
export const imageSizeLimits = { least: 16, most: 512 };

const within = `must be a whole number from ${imageSizeLimits.least} to ${imageSizeLimits.most}`;
const imageSize = z.int(within).check(z.gte(imageSizeLimits.least, within), z.lte(imageSizeLimits.most, within));

const share = 'must be a number above 0 and at most 1';
/** Only the proportions of the three count, but none may be 0: a run trains, chooses and is looked at once. */
const ratio = z.number(share).check(z.gt(0, share), z.lte(1, share));

const split = z.strictObject({ trainRatio: ratio, validationRatio: ratio, testRatio: ratio, seed: z.int() });

const dataConfig = z.strictObject({
  demo: z.optional(demoSettings),
  join: z.optional(joinPlanSchema),
  mapping: z.optional(mappingSchema),
  imageSize: z.optional(imageSize),
  imageFit: z.optional(imageFitSchema),
  split: z.optional(split),
});
export type DataConfig = z.infer<typeof dataConfig>;

const modelConfig = z.union([
  z.literal('demo-baseline'),
  z.strictObject({ file: z.string() }),
  z.strictObject({
    architecture: z.enum(architectureNames),
    widthMultiplier: z._default(z.number().check(z.positive()), 1),
    head: z.optional(z.enum(headKinds)),
    channels: z.optional(z.literal(channelCounts)),
    seed: z._default(z.int(), 1),
    training: z.optional(trainSettingsSchema),
  }),
]);

const labConfigSchema = z.strictObject({
  data: z._default(dataConfig, {}),
  model: z._default(modelConfig, 'demo-baseline'),
  run: z.optional(z.unknown()),
});

/** A settings file of `lab run`: the data, the model, and the recipe's settings over their defaults. */
export interface LabConfig {
  data: DataConfig;
  model: z.infer<typeof modelConfig>;
  run: RunConfig;
}

/** @throws LabError `config-invalid`, naming the field */
export function parseLabConfig(text: string, file: string): LabConfig {
  const parsed = labConfigSchema.safeParse(parseJson(text, file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const field = issue.path.join('.') || '(top level)';
    throw new LabError({
      code: 'config-invalid',
      message: `${file}: the setting "${field}" is not valid: ${issue.message}.`,
      hint: 'Correct this field. The README lists the settings.',
      details: { file, field },
    });
  }
  return { ...parsed.data, run: completeRunConfig(parsed.data.run ?? {}) };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LabError({
      code: 'config-invalid',
      message: `${file} is not JSON.`,
      hint: 'Check commas, quotes and brackets.',
      details: { file },
      cause,
    });
  }
}
