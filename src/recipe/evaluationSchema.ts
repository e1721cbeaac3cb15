import * as z from 'zod/mini';
import { type GapName, gapNames } from '../fairness/gapDefinitions';
import { importanceIdSchema } from '../importance/importances';

const number = z.number();
const count = z.int().check(z.gte(0));
const numbers = z.array(number);
const text = z.string();
const split = z.enum(['train', 'validation', 'test']);
const criteria = <T extends z.ZodMiniType>(value: T) => z.object({ eopp0: value, eopp1: value, eodd: value });
const interval = z.object({ low: number, high: number });
const tableRow = z.object({ group0: number, group1: number, avg: number, diff: number });

const groupMetrics = z.object({
  n: count,
  accuracy: number,
  balancedAccuracy: number,
  precision: number,
  recall: number,
  f1: number,
  perClass: z.array(z.object({ support: count, tpr: number, fpr: number, tnr: number })),
});

const report = z.object({
  n: count,
  classCount: count,
  groups: z.tuple([groupMetrics, groupMetrics]),
  rows: z.object({ precision: tableRow, recall: tableRow, f1: tableRow, accuracy: tableRow }),
  eopp0: number,
  eopp1: number,
  eodd: number,
  bothGroups: z.nullable(z.object({ classCount: count, eopp0: number, eopp1: number, eodd: number })),
  worstGroupF1: number,
  demographicParityGap: number,
});

const nullable = z.nullable(number);
const scoreSummary = z.object({
  auc: nullable,
  brier: number,
  ece: number,
  reliability: z.array(z.object({ low: number, high: number, n: number, confidence: nullable, accuracy: nullable })),
});

/** A reading that the lab did not have when the record was written is null. */
const gaps = z.pipe(
  z.partialRecord(z.enum(gapNames), nullable),
  z.transform(
    (found) =>
      Object.fromEntries(gapNames.map((name) => [name, found[name] ?? null])) as Record<GapName, number | null>,
  ),
);

const detail = z.object({
  gaps,
  scores: z.nullable(z.object({ overall: scoreSummary, groups: z.array(scoreSummary), equityScaledAuc: nullable })),
});

/** Schema of an `Evaluation`. */
export const evaluation = z.object({
  split,
  report,
  fate: z.nullable(criteria(z.nullable(number))),
  bootstrap: z.nullable(
    z.object({
      replicates: count,
      level: number,
      unit: z.enum(['group × class', 'cluster']),
      intervals: z.object({
        f1Avg: interval,
        f1Diff: interval,
        accuracyAvg: interval,
        accuracyDiff: interval,
        eopp0: interval,
        eopp1: interval,
        eodd: interval,
      }),
      fate: z.nullable(criteria(z.nullable(interval))),
    }),
  ),
  noiseFloor: z.nullable(
    z.object({
      permutations: count,
      byCriterion: criteria(
        z.object({ observed: number, mean: number, q05: number, q95: number, aboveFloor: z.boolean() }),
      ),
    }),
  ),
  detail: z.optional(detail),
  predicted: numbers,
  loss: number,
  probe: z.optional(z.nullable(z.object({ layer: text, auc: number, sd: number, aucByFold: numbers }))),
});

const difference = criteria(z.object({ value: nullable, interval: z.nullable(interval) }));

/** Schema of the contests between arms. */
export const contests = z.optional(
  z.array(
    z.object({
      rival: importanceIdSchema,
      round: count,
      rivalRound: count,
      difference,
      gapDifference: z.optional(difference),
    }),
  ),
);
