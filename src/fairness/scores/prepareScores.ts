import type { JobContext } from '../../foundation/jobContext';
import { repeatPaced } from '../repeatPaced';
import { rankScores, type ScoreRanking } from './rankScores';

/** What the metrics of scores are made from, under any weights and any division into groups. */
export interface PreparedScores {
  labels: ArrayLike<number>;
  classCount: number;
  /** Σ_k (score_k - [label = k])² of each sample. */
  squaredError: Float64Array;
  /** Score of the predicted class of each sample. */
  confidence: Float64Array;
  /** 1 where the prediction is right. */
  correct: Uint8Array;
  /** Calibration bin of each sample. */
  bin: Int32Array;
  binCount: number;
  /** By class. */
  rankings: ScoreRanking[];
  /** Room for the weights of one evaluation, so that a replicate allocates nothing large. */
  packed: Float64Array;
}

export interface ScoredModel {
  labels: ArrayLike<number>;
  predicted: ArrayLike<number>;
  /** Row-major [n, classCount]; checked. */
  scores: ArrayLike<number>;
  classCount: number;
  binCount: number;
}

/** Does once what does not depend on weights or groups: errors, bins and the ranking under each class. */
export async function prepareScores(model: ScoredModel, context: JobContext): Promise<PreparedScores> {
  const { labels, predicted, scores, classCount, binCount } = model;
  const n = labels.length;
  const squaredError = new Float64Array(n);
  const confidence = new Float64Array(n);
  const correct = new Uint8Array(n);
  const bin = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < classCount; k++) {
      squaredError[i]! += (scores[i * classCount + k]! - (labels[i] === k ? 1 : 0)) ** 2;
    }
    confidence[i] = scores[i * classCount + predicted[i]!]!;
    correct[i] = predicted[i] === labels[i] ? 1 : 0;
    bin[i] = Math.max(0, Math.ceil(confidence[i]! * binCount) - 1);
  }
  const rankings: ScoreRanking[] = [];
  await repeatPaced(classCount, 'classes', context, () => {
    rankings.push(rankScores(scores, labels, classCount, rankings.length));
  });
  return {
    labels,
    classCount,
    squaredError,
    confidence,
    correct,
    bin,
    binCount,
    rankings,
    packed: new Float64Array(n),
  };
}
