import type { GroupEvaluation } from '../evaluateGroups';
import type { PreparedScores } from '../scores/prepareScores';

/** Samples as an analysis works with them: checked, without groups that are too small. */
export interface AnalysedSamples {
  labels: Int32Array;
  groups: Int32Array;
  classCount: number;
  groupCount: number;
  clusters: string[] | null;
}

/** What one model says of the samples, and what it does on them. */
export interface AnalysedModel {
  predicted: Int32Array;
  scores: PreparedScores | null;
  observed: GroupEvaluation;
}
