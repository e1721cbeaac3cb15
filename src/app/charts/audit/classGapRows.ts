import type { FairnessAnalysis } from '../../../fairness/fairnessAnalysis';
import type { FairnessReport, Interval } from '../../../fairness/fairnessReport';

/** How far the groups are apart on one class. */
export interface ClassGapRow {
  className: string;
  /** Samples of the class and share that is found, by group; the share is null without samples. */
  groups: { n: number; tpr: number | null }[];
  /** Largest difference between groups that have the class; null with fewer than two of them. */
  gap: number | null;
  interval: Interval | null;
}

/** Classes by their gap, widest first; those that only one group has come last. */
export function classGapRows({ model, classNames }: FairnessAnalysis): ClassGapRow[] {
  return sortRows(
    model.classes.map(({ support, tpr, gap }, k) => ({
      className: classNames[k]!,
      groups: support.map((n, group) => ({ n, tpr: tpr[group]! })),
      gap: gap.value,
      interval: gap.interval,
    })),
  );
}

/** The same of a table of two groups, which has no intervals by class. */
export function classGapRowsOfReport({ groups }: FairnessReport, classNames: readonly string[]): ClassGapRow[] {
  return sortRows(
    classNames.map((className, k) => {
      const rates = groups.map(({ perClass }) => ({
        n: perClass[k]!.support,
        tpr: perClass[k]!.support > 0 ? perClass[k]!.tpr : null,
      }));
      const [a, b] = rates.map(({ tpr }) => tpr);
      return { className, groups: rates, gap: a == null || b == null ? null : Math.abs(a - b), interval: null };
    }),
  );
}

function sortRows(rows: ClassGapRow[]): ClassGapRow[] {
  return rows.toSorted((a, b) => (b.gap ?? -1) - (a.gap ?? -1));
}
