import type { FairnessAnalysis, ModelAnalysis } from '../../../fairness/fairnessAnalysis';

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
  if (!scores) return null;
  return groupNames.map((name, group) => ({
    group,
    name,
    n: groups[group]!.n,
    ece: scores.groups[group]!.ece,
    points: scores.groups[group]!.reliability.flatMap(({ confidence, accuracy, n }) =>
      confidence === null || accuracy === null ? [] : [{ confidence, accuracy, n }],
    ),
  }));
}
