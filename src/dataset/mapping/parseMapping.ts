import * as z from 'zod/mini';
import { LabError } from '../../foundation/labError';
import type { DatasetMapping } from './datasetMapping';

const splitName = z.enum(['train', 'validation', 'test']);

export const mappingSchema: z.ZodMiniType<DatasetMapping> = z.strictObject({
  version: z.literal(1),
  format: z.nullable(z.string()),
  label: z.strictObject({
    columns: z.array(z.string()).check(z.minLength(1)),
    merge: z.record(z.string(), z.nullable(z.string())),
    minClassSize: z.int().check(z.gte(1)),
  }),
  group: z.strictObject({
    column: z.string(),
    rule: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('values'), group0: z.array(z.string()), group1: z.array(z.string()) }),
      z.strictObject({ kind: z.literal('cut'), from: z.number(), above: z.literal([0, 1]) }),
    ]),
    names: z.tuple([z.string(), z.string()]),
    missing: z.enum(['exclude', 'own-group', 'group-0', 'group-1']),
  }),
  clusterColumn: z.nullable(z.string()),
  givenSplit: z.nullable(z.strictObject({ column: z.string(), values: z.record(z.string(), splitName) })),
});

/**
 * Checks a mapping that comes from a file.
 * @throws LabError `config-invalid`, naming the field
 */
export function parseMapping(value: unknown, file: string): DatasetMapping {
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join('.') || '(top level)';
  throw new LabError({
    code: 'config-invalid',
    message: `${file}: "${field}" of the mapping is not valid: ${issue.message}.`,
    hint: 'Correct this field, or export the mapping again from the step Data.',
    details: { file, field },
  });
}
