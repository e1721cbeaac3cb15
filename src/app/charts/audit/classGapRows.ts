import type { Interval } from '../../../fairness/fairnessEvaluation';
import type { GroupMetrics } from '../../../fairness/rateGroup';
import { spreadOfGroups } from '../../../fairness/spreadOfGroups';

/** How far the groups are apart on one class. */
export interface ClassGapRow {
  className: string;
  /** Samples of the class and share that is found, by group; the share is null without samples. */
  groups: { n: number; tpr: number | null }[];
  /** Largest difference between groups that have the class; null with fewer than two of them. */
  gap: number | null;
  interval: Interval | null;
}

/**
 * Classes by their gap, widest first; those that only one group has come last.
 * @param intervalOf of each class's gap, where there are some
 */
export function classGapRows(
  groups: readonly GroupMetrics[],
  classNames: readonly string[],
  intervalOf: (k: number) => Interval | null = () => null,
): ClassGapRow[] {
  const rows = classNames.map((className, k) => {
    const rates = groups.map(({ perClass }) => {
      const { support, tpr } = perClass[k]!;
      return { n: support, tpr: support > 0 ? tpr : null };
    });
    const { gap } = spreadOfGroups(
      rates.map(({ tpr }) => tpr),
      'higher',
    );
    return { className, groups: rates, gap: gap.value, interval: intervalOf(k) };
  });
  return rows.sort((a, b) => (b.gap ?? -1) - (a.gap ?? -1));
}
