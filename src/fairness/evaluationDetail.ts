import type { JobContext } from '../foundation/jobContext';
import { countConfusion } from './countConfusion';
import { evaluateGroups, mapRecord } from './evaluateGroups';
import type { Predictions } from './fairnessReport';
import type { GapName } from './gapDefinitions';
import { describeScores } from './scores/evaluateScores';
import { prepareScores } from './scores/prepareScores';
import type { ScoreMetrics } from './scores/scoreMetrics';

export type ScoreSummary = Pick<ScoreMetrics, 'auc' | 'brier' | 'ece' | 'reliability'>;

/** What a run's record keeps of an evaluation beside the paper's table. */
export interface EvaluationDetail {
  /** Every reading of the gaps; null where one is undefined. */
  gaps: Record<GapName, number | null>;
  /** Null when a score is no finite number, as those of a model that has diverged are. */
  scores: { overall: ScoreSummary; groups: ScoreSummary[]; equityScaledAuc: number | null } | null;
}

const calibrationBins = 10;

/**
 * Other readings of the gaps, and what the scores are worth by group.
 *
 * @param predictions of one model on one split
 * @param scores class probabilities, row-major [n, classCount]
 * @throws LabError `predictions-invalid`, `group-too-small`, `cancelled`
 */
export async function evaluateDetail(
  predictions: Predictions,
  scores: Float64Array,
  context: JobContext,
): Promise<EvaluationDetail> {
  const { groups, groupCount = 2 } = predictions;
  const counts = countConfusion(predictions);
  const prepared = scores.every(Number.isFinite)
    ? await prepareScores({ ...predictions, scores, binCount: calibrationBins }, context)
    : null;
  const evaluated = prepared && describeScores(prepared, groups, groupCount);
  const { gaps, equityScaledAuc } = evaluateGroups(counts, evaluated);
  return {
    gaps: mapRecord(gaps, ({ value }) => value),
    scores: evaluated && {
      overall: summarise(evaluated.overall),
      groups: evaluated.groups.map(summarise),
      equityScaledAuc,
    },
  };
}

function summarise({ auc, brier, ece, reliability }: ScoreMetrics): ScoreSummary {
  return { auc, brier, ece, reliability };
}
