import * as z from 'zod/mini';
import { type GapName, gapNames } from './gapDefinitions';

const number = z.number();
const nullable = z.nullable(number);
const count = z.int().check(z.gte(0));
/** Bounds of an interval. */
const interval = z.object({ low: number, high: number });
/** A row of the paper's table: the two groups, their mean and their absolute difference. */
const tableRow = z.object({ group0: number, group1: number, avg: number, diff: number });
/** What there is once for each of the paper's three criteria. */
const criteriaOf = <T extends z.ZodMiniType>(value: T) => ({ eopp0: value, eopp1: value, eodd: value });
const perCriterion = <T extends z.ZodMiniType>(value: T) => z.object(criteriaOf(value));

const groupMetrics = z.object({
  n: count,
  accuracy: number,
  balancedAccuracy: number,
  precision: number,
  recall: number,
  f1: number,
  perClass: z.array(z.object({ support: count, tpr: number, fpr: number, tnr: number })),
});

/** What the table says of the samples themselves. */
const report = z.object({
  n: count,
  classCount: count,
  groups: z.tuple([groupMetrics, groupMetrics]),
  rows: z.object({ precision: tableRow, recall: tableRow, f1: tableRow, accuracy: tableRow }),
  ...criteriaOf(number),
  /** The same three over the classes that have samples in both groups, and how many those are. */
  bothGroups: z.nullable(z.object({ classCount: count, ...criteriaOf(number) })),
  worstGroupF1: number,
  /** Mean over classes of the absolute difference of the share of samples predicted as that class. */
  demographicParityGap: number,
});

const bootstrap = z.object({
  replicates: count,
  /** Confidence level, for example 0.95. */
  level: number,
  /** What was resampled. */
  unit: z.enum(['group × class', 'cluster']),
  intervals: z.object({
    f1Avg: interval,
    f1Diff: interval,
    accuracyAvg: interval,
    accuracyDiff: interval,
    ...criteriaOf(interval),
  }),
  /** Null for a baseline itself. An entry is null when FATE is undefined on the samples or on over 5 % of the resamples. */
  fate: z.nullable(perCriterion(z.nullable(interval))),
});

const noiseFloor = z.object({
  permutations: count,
  byCriterion: perCriterion(
    z.object({ observed: number, mean: number, q05: number, q95: number, aboveFloor: z.boolean() }),
  ),
});

/** What the scores of some samples are worth, in short. */
const scoreSummary = z.object({
  auc: nullable,
  brier: number,
  ece: number,
  reliability: z.array(z.object({ low: number, high: number, n: number, confidence: nullable, accuracy: nullable })),
});

/** Null where a reading is undefined, or the lab did not have it when the record was written. */
const gaps = z.pipe(
  z.partialRecord(z.enum(gapNames), nullable),
  z.transform(
    (found) =>
      Object.fromEntries(gapNames.map((name) => [name, found[name] ?? null])) as Record<GapName, number | null>,
  ),
);

/**
 * The paper's table of one model on two groups, as run records keep it: the part of an evaluation that charts and tables
 * need.
 */
export const paperTableSchema = z.object({
  report,
  /** Against the baseline; null for a baseline itself, an entry where FATE is undefined. */
  fate: z.nullable(perCriterion(nullable)),
  /** Null without resamples. */
  bootstrap: z.nullable(bootstrap),
  /** What a predictor that knows nothing of the group shows on this split by chance alone; null without permutations. */
  noiseFloor: z.nullable(noiseFloor),
  /** Other readings of the gaps, AUC and calibration by group; absent in older records. */
  detail: z.optional(
    z.object({
      gaps,
      /** Null where only predicted classes are known, as of a model that has diverged. */
      scores: z.nullable(z.object({ overall: scoreSummary, groups: z.array(scoreSummary), equityScaledAuc: nullable })),
    }),
  ),
});

export type PaperTable = z.infer<typeof paperTableSchema>;
export type TwoGroupReport = PaperTable['report'];
export type TableBootstrap = z.infer<typeof bootstrap>;
export type TableRow = z.infer<typeof tableRow>;
/** FATE of a model against its baseline under each criterion; null where it is undefined. */
export type FateByCriterion = NonNullable<PaperTable['fate']>;
export type ScoreSummary = z.infer<typeof scoreSummary>;
