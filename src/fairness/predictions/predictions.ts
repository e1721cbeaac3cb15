/** A sensitive attribute: the group of each sample. */
export interface Attribute {
  name: string;
  /** Names of the groups. Group 0 is the unprivileged one where there are two. */
  groupNames: string[];
  /** Group of each sample, 0 … groupNames.length-1. */
  groups: ArrayLike<number>;
}

/** What a model says of every class of every sample, row-major [n, classCount]. */
export interface ModelScores {
  kind: 'logits' | 'probabilities';
  values: ArrayLike<number>;
}

/**
 * What one model says of samples, and what is true of them: all that an evaluation needs. All arrays are of the same samples
 * in the same order.
 */
export interface Predictions {
  classNames: string[];
  /** True class of each sample, 0 … classNames.length-1. */
  labels: ArrayLike<number>;
  /** At least one. */
  attributes: Attribute[];
  /** Patient or lesion of each sample, or null. A sample with an empty text counts as a cluster of its own. */
  clusters: string[] | null;
  /** Predicted class of each sample, 0 … classNames.length-1. */
  predicted: ArrayLike<number>;
  /** Null when only the predicted class is known. */
  scores: ModelScores | null;
}
