/** Samples whose confidence, the score of the predicted class, lies in one bin of equal width. */
export interface ReliabilityBin {
  /** Bounds of the bin; a value on a bound belongs to the bin below it, 0 to the first. */
  low: number;
  high: number;
  n: number;
  /** Mean confidence, and share that are predicted right; null in an empty bin. */
  confidence: number | null;
  accuracy: number | null;
}

/** What the scores of one set of samples are worth, in numbers. */
export interface ScoreValues {
  /** Mean of `aucByClass` over the classes that have one; null when none has. */
  auc: number | null;
  /** One class against the rest; null for a class without samples, or without samples of other classes. */
  aucByClass: (number | null)[];
  /** Mean over samples of Σ_k (score_k - [label = k])²: 0 … 2. */
  brier: number;
  /** Σ_bins n_bin / n · |accuracy - confidence|. */
  ece: number;
}

/** What the scores of one set of samples are worth, with the bins of its calibration. */
export interface ScoreMetrics extends ScoreValues {
  reliability: ReliabilityBin[];
}

/** Of each group and of all samples. */
export interface ByGroup<T> {
  groups: T[];
  overall: T;
}
