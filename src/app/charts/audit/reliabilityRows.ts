import type { FairnessAnalysis, ModelAnalysis } from '../../../fairness/fairnessAnalysis';
import type { ScoreMetrics } from '../../../fairness/scores/scoreMetrics';
import type { Evaluation } from '../../../recipe/runRecord';

/** One group's calibration: how often it is right at each confidence. */
export interface ReliabilitySeries {
  group: number;
  name: string;
  n: number;
  ece: number;
  /** Bins with samples only, by confidence. */
  points: { confidence: number; accuracy: number; n: number }[];
}

/** Calibration of every group, or null when the predictions came without scores. */
export function reliabilitySeries(
  { groupNames }: Pick<FairnessAnalysis, 'groupNames'>,
  { scores, groups }: ModelAnalysis,
): ReliabilitySeries[] | null {
  return scores && groupNames.map((name, group) => seriesOf(group, name, groups[group]!.n, scores.groups[group]!));
}

/** The same of a run's evaluation, or null in records that do not have it. */
export function reliabilityOfEvaluation(
  { report, detail }: Evaluation,
  groupNames: readonly string[],
): ReliabilitySeries[] | null {
  const scores = detail?.scores;
  return scores
    ? groupNames.map((name, group) => seriesOf(group, name, report.groups[group]!.n, scores.groups[group]!))
    : null;
}

function seriesOf(
  group: number,
  name: string,
  n: number,
  { ece, reliability }: Pick<ScoreMetrics, 'ece' | 'reliability'>,
): ReliabilitySeries {
  const points = reliability.flatMap((bin) =>
    bin.confidence === null || bin.accuracy === null
      ? []
      : [{ confidence: bin.confidence, accuracy: bin.accuracy, n: bin.n }],
  );
  return { group, name, n, ece, points };
}
