import * as z from 'zod/mini';
import { type DatasetFinding, findingKinds, type Tally } from './datasetFinding';

const count = z.int().check(z.gte(0));

export const findingSchema: z.ZodMiniType<DatasetFinding> = z.object({
  kind: z.enum(findingKinds),
  message: z.string(),
  count,
  examples: z.array(z.string()),
});

export const tallySchema: z.ZodMiniType<Tally> = z.object({
  total: count,
  used: count,
  leftOut: z.array(z.object({ kind: z.enum(findingKinds), count })),
});
