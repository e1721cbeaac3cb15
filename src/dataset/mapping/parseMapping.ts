import * as z from 'zod/mini';
import { boundedList, boundedMap, boundedNumber, nameSchema } from '../../foundation/boundedSchema';
import { bounds } from '../../foundation/bounds';
import { LabError } from '../../foundation/labError';
import { tallySchema } from '../findings/findingSchema';
import { defaultSplitSettings, type SplitSettings } from '../split/splitSettings';
import type { JoinPlan } from '../tables/joinPlan';
import type { AppliedMapping, DatasetMapping } from './datasetMapping';

const names = boundedList(nameSchema);
const someNames = boundedList(nameSchema, { least: 1 });

const splitName = z.enum(['train', 'validation', 'test']);

export const mappingSchema: z.ZodMiniType<DatasetMapping> = z.strictObject({
  version: z.literal(1),
  format: z.nullable(nameSchema),
  label: z.strictObject({
    columns: someNames,
    merge: boundedMap(z.nullable(nameSchema)),
    minClassSize: boundedNumber(bounds.minimumClassSize),
  }),
  group: z.strictObject({
    column: nameSchema,
    rule: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('values'), group0: names, group1: names }),
      z.strictObject({ kind: z.literal('cut'), from: z.number(), above: z.literal([0, 1]) }),
    ]),
    names: z.tuple([nameSchema, nameSchema]),
    missing: z.enum(['exclude', 'own-group', 'group-0', 'group-1']),
  }),
  clusterColumn: z.nullable(nameSchema),
  answers: z.optional(z.union([z.literal('usual'), boundedMap(nameSchema)])),
  givenSplit: z.nullable(z.strictObject({ column: nameSchema, values: boundedMap(splitName) })),
  lookAlikes: z.optional(
    z.strictObject({ oneSplit: z.boolean(), copies: z.enum(['keep', 'drop']), conflicts: z.enum(['keep', 'drop']) }),
  ),
});

const ratio = boundedNumber(bounds.splitRatio);

const splitSettingsSchema: z.ZodMiniType<SplitSettings> = z.strictObject({
  trainRatio: ratio,
  validationRatio: ratio,
  testRatio: ratio,
  seed: boundedNumber(bounds.seed),
});

export const joinPlanSchema: z.ZodMiniType<JoinPlan> = z.strictObject({
  table: nameSchema,
  imageColumns: someNames,
  joins: boundedList(z.strictObject({ table: nameSchema, column: nameSchema, to: z.nullable(nameSchema) })),
});

export const appliedMappingSchema: z.ZodMiniType<AppliedMapping> = z.object({
  join: joinPlanSchema,
  mapping: mappingSchema,
  split: splitSettingsSchema,
  rows: tallySchema,
  images: tallySchema,
  unknownGroupCount: z.int().check(z.gte(0)),
});

/** Everything that decides how files become a dataset: what the page exports, and the command line takes. */
export interface ImportPlan {
  join: JoinPlan;
  mapping: DatasetMapping;
  split: SplitSettings;
}

const importPlanSchema = z.strictObject({
  join: joinPlanSchema,
  mapping: mappingSchema,
  split: z._default(splitSettingsSchema, defaultSplitSettings),
});

/**
 * Reads a plan from a file.
 * @throws LabError `config-invalid`, naming the field
 */
export function parseImportPlan(text: string, file: string): ImportPlan {
  const invalid = (what: string, field: string, cause?: unknown) =>
    new LabError({
      code: 'config-invalid',
      message: `${file}: ${what}.`,
      hint: 'Correct it, or save the mapping again from the step Data.',
      details: { file, field },
      cause,
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid('this is not JSON', '(all)', cause);
  }
  const parsed = importPlanSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join('.') || '(top level)';
  throw invalid(`"${field}" is not valid: ${issue.message}`, field);
}
