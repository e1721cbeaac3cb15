import type { GapChange } from './checkLevellingDown';
import type { GroupMetrics, Interval } from './fairnessReport';
import type { GapName } from './gapDefinitions';
import type { MetricName } from './metricDefinitions';
import type { ScoreMetrics } from './scores/scoreMetrics';

/** What one model says of each sample. */
export interface ModelOutput {
  /** Predicted class of each sample, 0 … classCount-1. */
  predicted: ArrayLike<number>;
  /** Class probabilities, row-major [n, classCount]; null when only the predicted class is known. */
  scores: ArrayLike<number> | null;
}

/** Samples in any number of groups, and what a model, and perhaps its baseline, says of them; all in the same order. */
export interface AnalysisInput {
  /** True class of each sample, 0 … classCount-1. */
  labels: ArrayLike<number>;
  /** Group of each sample, 0 … groupNames.length-1. */
  groups: ArrayLike<number>;
  /** Names of the classes; as many as there are classes. */
  classNames: string[];
  /** Names of the groups; as many as there are groups. Group 0 is the unprivileged one where there are two. */
  groupNames: string[];
  model: ModelOutput;
  /** What differences and FATE are taken against; null for the model alone. */
  baseline: ModelOutput | null;
  /** Patient or lesion of each sample, or null. A sample with an empty text counts as a cluster of its own. */
  clusters: string[] | null;
}

export interface AnalysisSettings {
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
}

export type IntervalMethod = 'percentile' | 'bca';

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
export interface ModelAnalysis {
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
  levelling: GroupLevelling;
}

/** What changed for each group, and where the change of each gap came from. */
export interface GroupLevelling {
  /** Model minus baseline for each group; negative: the group is served worse. */
  change: { accuracy: number[]; f1: number[] };
  /** The group with the lowest F1 before and after. */
  worst: { before: { group: number; f1: number }; after: { group: number; f1: number } };
  /** The gap in accuracy, judged by the groups' accuracy. */
  accuracy: GapChange;
  /** The gap in F1, judged by the groups' F1. */
  f1: GapChange;
  /** Judged by the groups' F1; null where the gap is undefined before or after. */
  gaps: Record<GapName, GapChange | null>;
}

/** An audit of predictions: every metric with its interval and its noise floor. */
export interface FairnessAnalysis {
  /** Samples that were used. */
  n: number;
  classNames: string[];
  /** The groups that were used; group indices in the analysis are positions here. */
  groupNames: string[];
  /** Groups below the minimum size, left out of everything. Their samples and `n` add up to all samples. */
  leftOut: { groupName: string; n: number }[];
  settings: AnalysisSettings;
  /** What was resampled. */
  unit: 'group × class' | 'cluster';
  model: ModelAnalysis;
  baseline: ModelAnalysis | null;
  comparison: ModelComparison | null;
}
