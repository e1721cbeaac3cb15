import * as z from 'zod/mini';
import { joinPlanSchema, mappingSchema } from '../dataset/mapping/parseMapping';
import type { SplitSettings } from '../dataset/split/splitSettings';
import { boundedMap, boundedNumber, nameSchema } from '../foundation/boundedSchema';
import { bounds } from '../foundation/bounds';
import { imageFitSchema } from '../foundation/imageFit';
import { LabError, toErrorData } from '../foundation/labError';
import { parsePlan } from '../model/architectures/architecturePlan';
import { architectureNames, channelCounts, headKinds } from '../model/labModel';
import { completeRunConfig, demoSettings, type RunConfig, trainSettingsSchema } from '../recipe/runConfig';

/** The sides that images can be stored with, in pixels, as on the page. */
export const imageSizeSchema = boundedNumber(bounds.imageSize);

/** A run trains, chooses and is looked at once: no split may be empty. */
const ratio = boundedNumber(bounds.neededSplitRatio);

const split = z.strictObject({
  trainRatio: ratio,
  validationRatio: ratio,
  testRatio: ratio,
  seed: boundedNumber(bounds.seed),
});

const dataConfig = z.strictObject({
  demo: z.optional(demoSettings),
  join: z.optional(joinPlanSchema),
  mapping: z.optional(mappingSchema),
  imageSize: z.optional(imageSizeSchema),
  imageFit: z.optional(imageFitSchema),
  split: z.optional(split),
});
export type DataConfig = z.infer<typeof dataConfig>;

const methodSchema = z.union([
  z.pipe(
    nameSchema,
    z.transform((id) => ({ id, settings: {} })),
  ),
  z.strictObject({ id: nameSchema, settings: z._default(z.record(nameSchema, z.unknown()), {}) }),
]);

const training = {
  channels: z.optional(z.literal(channelCounts)),
  seed: z._default(boundedNumber(bounds.seed), 1),
  /** By which method the network is trained: an id, or with settings. */
  method: z.optional(methodSchema),
  training: z.optional(trainSettingsSchema),
};

const modelConfig = z.union([
  z.literal('demo-baseline'),
  z.strictObject({
    file: nameSchema,
    /** What its file leaves open: answers by the keys of their questions. */
    assume: z.optional(z.union([z.literal('usual'), boundedMap(nameSchema)])),
  }),
  z.strictObject({
    architecture: z.enum(architectureNames),
    widthMultiplier: z._default(boundedNumber(bounds.width), 1),
    head: z.optional(z.enum(headKinds)),
    ...training,
  }),
  // What is wrong with a plan is said by its step: `parsePlan` throws through the schema.
  z.strictObject({
    architecture: z.strictObject({ plan: z.pipe(z.unknown(), z.transform(parsePlan)) }),
    ...training,
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
  const json = parseJson(text, file);
  const parsed = inFile(file, () => labConfigSchema.safeParse(json));
  if (!parsed.success) throw invalidField(parsed.error.issues[0]!, file);
  return { ...parsed.data, run: completeRunConfig(parsed.data.run ?? {}) };
}

/** The split of a mapping file, which a run is as strict with as with that of its settings. @throws LabError `config-invalid` */
export function requireEverySplit(settings: SplitSettings, file: string): SplitSettings {
  const parsed = split.safeParse(settings);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidField({ ...issue!, path: ['split', ...issue!.path] }, file);
}

function invalidField(issue: Pick<z.core.$ZodIssue, 'path' | 'message'>, file: string): LabError {
  const field = issue.path.join('.') || '(top level)';
  return new LabError({
    code: 'config-invalid',
    message: `${file}: the setting "${field}" is not valid: ${issue.message}.`,
    hint: 'Correct this field. The README lists the settings.',
    details: { file, field },
  });
}

/** Says of an error in a plan which file holds it. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    const { message, details } = error;
    throw new LabError({ ...toErrorData(error), message: `${file}: ${message}`, details: { ...details, file } });
  }
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
