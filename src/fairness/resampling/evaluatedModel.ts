import { countConfusion } from '../countConfusion';
import { evaluateGroups, type GroupEvaluation } from '../evaluateGroups';
import type { PreparedScores } from '../scores/prepareScores';
import type { ByGroup, ScoreValues } from '../scores/scoreMetrics';

/** Samples as an analysis works with them: checked, without groups that are too small. */
export interface EvaluatedSamples {
  labels: Int32Array;
  groups: Int32Array;
  classCount: number;
  groupCount: number;
  clusters: string[] | null;
}

/** What one model says of the samples, and what it does on them. */
export interface EvaluatedModel {
  predicted: Int32Array;
  scores: PreparedScores | null;
  observed: GroupEvaluation;
}

/**
 * What a model does on the samples.
 *
 * @param scores what its scores are made from and what they are worth; null when only predicted classes are known
 * @throws LabError `predictions-invalid`, `group-too-small`
 */
export function openEvaluatedModel(
  samples: EvaluatedSamples,
  predicted: ArrayLike<number>,
  scores: { prepared: PreparedScores; evaluation: ByGroup<ScoreValues> } | null,
): EvaluatedModel {
  return {
    predicted: Int32Array.from(predicted),
    scores: scores && scores.prepared,
    observed: evaluateGroups(countConfusion({ ...samples, predicted }), scores && scores.evaluation),
  };
}
