import type { GroupMetrics } from '../../../fairness/rateGroup';

/** One group's line from the baseline to the model. */
export interface LevellingRow {
  group: number;
  name: string;
  n: number;
  before: number;
  after: number;
}

/** What can be levelled: a value of each group. */
export type LevelledMetric = 'f1' | 'accuracy';

/** Each group before and after. */
export function levellingRows(
  { before, after }: { before: readonly GroupMetrics[]; after: readonly GroupMetrics[] },
  groupNames: readonly string[],
  metric: LevelledMetric,
): LevellingRow[] {
  return groupNames.map((name, group) => ({
    group,
    name,
    n: after[group]!.n,
    before: before[group]![metric],
    after: after[group]![metric],
  }));
}
