import type { FairnessAnalysis } from '../../../fairness/fairnessAnalysis';
import type { FairnessReport } from '../../../fairness/fairnessReport';

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

/** Each group before and after, or null without a baseline. */
export function levellingRows(analysis: FairnessAnalysis, metric: LevelledMetric): LevellingRow[] | null {
  const { model, baseline, groupNames } = analysis;
  if (!baseline) return null;
  return groupNames.map((name, group) => ({
    group,
    name,
    n: model.groups[group]!.n,
    before: baseline.groups[group]![metric],
    after: model.groups[group]![metric],
  }));
}

/** The same of two tables of two groups. */
export function levellingRowsOfReports(
  { before, after }: { before: FairnessReport; after: FairnessReport },
  groupNames: readonly string[],
  metric: LevelledMetric,
): LevellingRow[] {
  return groupNames.map((name, group) => ({
    group,
    name,
    n: after.groups[group]!.n,
    before: before.groups[group]![metric],
    after: after.groups[group]![metric],
  }));
}
