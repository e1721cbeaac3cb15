import type { GroupMetrics } from '../../../fairness/rateGroup';
import type { ScoreMetrics } from '../../../fairness/scores/scoreMetrics';

type Calibration = Pick<ScoreMetrics, 'ece' | 'reliability'>;

/** One group's calibration: how often it is right at each confidence. */
export interface ReliabilitySeries {
  group: number;
  name: string;
  n: number;
  ece: number;
  /** Bins with samples only, by confidence. */
  points: { confidence: number; accuracy: number; n: number }[];
}

/** Calibration of every group, or null where only predicted classes are known, or a record does not have it. */
export function reliabilitySeries(
  groupNames: readonly string[],
  groups: readonly Pick<GroupMetrics, 'n'>[],
  scores: { groups: Calibration[] } | null | undefined,
): ReliabilitySeries[] | null {
  if (!scores) return null;
  return groupNames.map((name, group) => seriesOf(group, name, groups[group]!.n, scores.groups[group]!));
}

function seriesOf(group: number, name: string, n: number, { ece, reliability }: Calibration): ReliabilitySeries {
  const points = reliability.flatMap((bin) =>
    bin.confidence === null || bin.accuracy === null
      ? []
      : [{ confidence: bin.confidence, accuracy: bin.accuracy, n: bin.n }],
  );
  return { group, name, n, ece, points };
}
