import type * as z from 'zod/mini';
import { LabError } from './labError';

/**
 * Checks the form of a file of known vectors.
 * @throws LabError `record-invalid`, naming the first field that is wrong
 */
export function parseVectors<T>(schema: z.ZodMiniType<T>, json: unknown, name: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new LabError({
    code: 'record-invalid',
    stage: `reading ${name}`,
    message: `${name} is not in the form of the known vectors: ${issue.path.join('.')} ${issue.message}.`,
    hint: 'Take the file from the reference vectors as it is.',
    details: { field: issue.path.join('.') },
  });
}
