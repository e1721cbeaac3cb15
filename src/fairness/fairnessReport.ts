/** Labels, predictions and groups of the same samples, in the same order. Group 0 is the unprivileged one. */
export interface Predictions {
  /** True class of each sample, 0 … classCount-1. */
  labels: ArrayLike<number>;
  /** Predicted class of each sample, 0 … classCount-1. */
  predicted: ArrayLike<number>;
  /** Group of each sample, 0 … groupCount-1. */
  groups: ArrayLike<number>;
  classCount: number;
  /** 2 when left out, as in the paper. */
  groupCount?: number;
}

/** One-vs-rest rates of one class inside one group. A rate with denominator 0 counts 0. */
export interface ClassRates {
  /** Samples of the class in the group. */
  support: number;
  tpr: number;
  fpr: number;
  tnr: number;
}

/** What a model does on one group. Precision, recall and F1 are macro means over the classes that occur in it. */
export interface GroupMetrics {
  n: number;
  accuracy: number;
  /** Mean recall over the classes that have samples in the group. */
  balancedAccuracy: number;
  precision: number;
  recall: number;
  f1: number;
  perClass: ClassRates[];
}

/** A row of the paper's table: the two groups, their mean and their absolute difference. */
export interface TableRow {
  group0: number;
  group1: number;
  avg: number;
  diff: number;
}

export type FairnessCriterion = 'eopp0' | 'eopp1' | 'eodd';
export const fairnessCriteria: readonly FairnessCriterion[] = ['eopp0', 'eopp1', 'eodd'];
export const criterionNames: Record<FairnessCriterion, string> = { eopp0: 'Eopp0', eopp1: 'Eopp1', eodd: 'Eodd' };

/** The paper's table for one model on one split. */
export interface FairnessReport {
  n: number;
  classCount: number;
  groups: [GroupMetrics, GroupMetrics];
  rows: { precision: TableRow; recall: TableRow; f1: TableRow; accuracy: TableRow };
  eopp0: number;
  eopp1: number;
  eodd: number;
  /** The same three over the classes that have samples in both groups, and how many those are. */
  bothGroups: { classCount: number; eopp0: number; eopp1: number; eodd: number } | null;
  worstGroupF1: number;
  /** Mean over classes of the absolute difference of the share of samples predicted as that class. */
  demographicParityGap: number;
}

/** FATE of a model against its baseline under each criterion; null where it is undefined. */
export type FateByCriterion = Record<FairnessCriterion, number | null>;

/** Percentile interval of a statistic. */
export interface Interval {
  low: number;
  high: number;
}

/** Statistics that get an interval. */
export type IntervalName = 'f1Avg' | 'f1Diff' | 'accuracyAvg' | 'accuracyDiff' | FairnessCriterion;

/** Bootstrap intervals of one model, and of its FATE against the baseline on the same resamples. */
export interface BootstrapResult {
  replicates: number;
  /** Confidence level, for example 0.95. */
  level: number;
  /** What was resampled. */
  unit: 'group × class' | 'cluster';
  intervals: Record<IntervalName, Interval>;
  /** Null for the baseline itself. An entry is null when FATE is undefined on the sample or on over 5 % of resamples. */
  fate: Record<FairnessCriterion, Interval | null> | null;
}

/** What a predictor that knows nothing of the group shows on this split by chance alone. */
export interface NoiseFloor {
  permutations: number;
  byCriterion: Record<
    FairnessCriterion,
    { observed: number; mean: number; q05: number; q95: number; aboveFloor: boolean }
  >;
}
