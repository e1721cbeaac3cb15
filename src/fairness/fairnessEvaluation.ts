import type { Levelling } from './checkLevelling';
import type { GapName } from './gapDefinitions';
import type { MetricName } from './metricDefinitions';
import type { GroupMetrics } from './rateGroup';
import type { ScoreMetrics } from './scores/scoreMetrics';

export interface EvaluationSettings {
  /** Bootstrap resamples; 0 for no intervals. */
  replicates: number;
  /** Permutations of the group within class; 0 for no noise floor. */
  permutations: number;
  /** Confidence level of the intervals, for example 0.95. */
  level: number;
  /** How an interval is read from the replicates. */
  method: IntervalMethod;
  seed: number;
  /** λ of FATE. */
  lambda: number;
  /** Bins of equal width for calibration. */
  calibrationBins: number;
  /** Groups with fewer samples are left out of everything, and listed. */
  minimumGroupSize: number;
  /** Whether AUC, Brier score and ECE get intervals and noise floors, too, which takes much longer. */
  resampleScores: boolean;
}

export type IntervalMethod = 'percentile' | 'bca';

/** Bounds of an interval. */
export interface Interval {
  low: number;
  high: number;
}

/** A number and how sure it is. */
export interface Estimate {
  /** Null where it is not defined on these samples. */
  value: number | null;
  /** Null without a bootstrap, or where the number is undefined on the samples or on over 5 % of the resamples. */
  interval: Interval | null;
  /** Standard deviation of the replicates; null where the interval is. */
  standardError: number | null;
  /**
   * How far the replicates lie above the value on average, in standard errors; null where the interval is, 0 where nothing
   * varies. Beyond {@link largestBiasRatio} in size the interval is not to be relied on: gaps are means of absolute
   * values, which resampling inflates.
   */
  biasRatio: number | null;
}

/** A bias of a quarter of a standard error can be ignored (Efron and Tibshirani, section 10.3); a larger one cannot. */
export const largestBiasRatio = 0.25;

/** Whether an estimate has an interval that is not to be relied on. */
export function isDoubtful({ biasRatio }: Pick<Estimate, 'biasRatio'>): boolean {
  return biasRatio !== null && Math.abs(biasRatio) > largestBiasRatio;
}

/** What a predictor that knows nothing of the group shows on these samples by chance alone. */
export interface NoiseBand {
  mean: number;
  q05: number;
  /** The 95th percentile: what is above it is more than chance explains. */
  q95: number;
  aboveFloor: boolean;
  /** Share of permutations, the observed one among them, with a gap at least as large. */
  pValue: number;
}

/** A difference between groups: the largest over all pairs. */
export interface GapEstimate extends Estimate {
  /** The two groups that are furthest apart; null where the value is. */
  pair: [number, number] | null;
  floor: NoiseBand | null;
}

/** A metric by group. */
export interface MetricEstimate {
  /** On all samples together. */
  overall: Estimate;
  /** In each group. */
  groups: Estimate[];
  /** Mean over the groups, each counting the same. */
  average: Estimate;
  /** The worst group's value, and which group that is. */
  worst: Estimate & { group: number | null };
  /** Best group minus worst group. */
  gap: GapEstimate;
}

/** How far apart the groups are on one class. */
export interface ClassGap {
  /** Samples of the class in each group. */
  support: number[];
  /** True positive rate in each group; null where the group has no sample of the class. */
  tpr: (number | null)[];
  /** Largest difference of the true positive rate between groups that have the class; null with fewer than two of them. */
  gap: GapEstimate;
}

/** All that can be said of one model's predictions. */
export interface ModelEvaluation {
  groups: GroupMetrics[];
  overall: GroupMetrics;
  /** Samples by group, label and prediction: `confusion[group][label][predicted]`. */
  confusion: number[][][];
  /** AUC by class, calibration bins and so on, by group and on all samples; null without scores. */
  scores: { groups: ScoreMetrics[]; overall: ScoreMetrics } | null;
  gaps: Record<GapName, GapEstimate>;
  /** AUC, Brier score and ECE are null everywhere without scores. */
  metrics: Record<MetricName, MetricEstimate>;
  /** AUC / (1 + Σ_groups |AUC - AUC_group|). */
  equityScaledAuc: Estimate;
  classes: ClassGap[];
}

/** One entry for every statistic that gets an interval. */
export interface FigureTree<T> {
  gaps: Record<GapName, T>;
  metrics: Record<MetricName, { overall: T; groups: T[]; average: T; worst: T; gap: T }>;
  equityScaledAuc: T;
  /** The gap in the true positive rate of each class. */
  classes: T[];
}

/** A model against its baseline on the same samples and the same resamples. */
export interface ModelComparison {
  /**
   * FATE under each definition of the gap, with Avg F1 as the accuracy; null where it is undefined, or the baseline's gap is
   * within its noise floor.
   */
  fate: Record<GapName, Estimate>;
  /** Model minus baseline. */
  differences: FigureTree<Estimate>;
  levelling: Levelling<GapName>;
}

/** All that can be said of predictions in groups: every metric with its interval and its noise floor. */
export interface FairnessEvaluation {
  /** Samples that were used. */
  n: number;
  classNames: string[];
  /** The groups that were used; group indices in the evaluation are positions here. */
  groupNames: string[];
  /** Groups below the minimum size, left out of everything. Their samples and `n` add up to all samples. */
  leftOut: { groupName: string; n: number }[];
  settings: EvaluationSettings;
  /** What was resampled. */
  unit: 'group × class' | 'cluster';
  model: ModelEvaluation;
  baseline: ModelEvaluation | null;
  comparison: ModelComparison | null;
}
