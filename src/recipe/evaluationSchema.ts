import * as z from 'zod/mini';
import { paperTableSchema } from '../fairness/paperTableSchema';
import { registryIdSchema } from '../foundation/registry';

const number = z.number();

/** What a model does on one split: the paper's table, against the run's baseline, and what else charts and checks need. */
export const evaluation = z.object({
  split: z.enum(['train', 'validation', 'test']),
  ...paperTableSchema.shape,
  /** Predicted class of each sample of the split, in its order. */
  predicted: z.array(number),
  /** Mean cross-entropy. */
  loss: number,
  /** What a linear probe reads of the group from a layer; null where it could not be fitted, absent in older records. */
  probe: z.optional(z.nullable(z.object({ layer: z.string(), auc: number, sd: number, aucByFold: z.array(number) }))),
});

const estimate = z.object({
  value: z.nullable(number),
  interval: z.nullable(z.object({ low: number, high: number })),
});
const difference = z.object({ eopp0: estimate, eopp1: estimate, eodd: estimate });

/** Schema of the contests between arms. */
export const contests = z.optional(
  z.array(
    z.object({
      rival: registryIdSchema,
      round: z.int().check(z.gte(0)),
      rivalRound: z.int().check(z.gte(0)),
      difference,
      gapDifference: z.optional(difference),
    }),
  ),
);
