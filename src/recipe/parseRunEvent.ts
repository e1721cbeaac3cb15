import * as z from 'zod/mini';
import type { ModelId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { registryIdSchema } from '../foundation/registry';
import { contests } from './evaluationSchema';
import {
  environmentSchema,
  errorSchema,
  roundSchema,
  runRecordSchema,
  stopSchema,
  testLookSchema,
} from './parseRunRecord';
import type { RunEvent } from './runEvents';

const at = z.string();
const model = z.custom<ModelId>((value) => typeof value === 'string' && value.length > 0);

const runEventSchema: z.ZodMiniType<RunEvent> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), record: runRecordSchema }),
  z.object({
    kind: z.literal('round'),
    at,
    arm: registryIdSchema,
    round: roundSchema,
    stop: stopSchema,
    chosenRound: z.int().check(z.gte(0)),
  }),
  z.object({ kind: z.literal('resumed'), at, environment: environmentSchema }),
  z.object({
    kind: z.literal('ended'),
    at,
    status: z.enum(['finished', 'cancelled', 'failed']),
    error: errorSchema,
    contests,
    endedEarly: z.optional(z.boolean()),
  }),
  z.object({ kind: z.literal('test-look'), look: testLookSchema }),
  z.object({ kind: z.literal('models-absent'), at, models: z.array(model) }),
  z.object({ kind: z.literal('model-damaged'), at, model }),
]);

/**
 * Reads an entry of a run's journal.
 * @throws LabError `record-invalid`, naming the field: another version of the lab wrote it
 */
export function parseRunEvent(entry: unknown): RunEvent {
  const parsed = runEventSchema.safeParse(entry);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new LabError({
    code: 'record-invalid',
    message: `The journal of the run has an entry whose field "${path.join('.') || '(top level)'}" is not valid: ${message}.`,
    hint: 'Open it with the version of the lab that wrote it.',
  });
}
