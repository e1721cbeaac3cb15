import { mapRecord } from './mapRecord';
import type { GroupMetrics } from './rateGroup';
import { roundingResidue } from './roundingResidue';
import { spreadOfGroups } from './spreadOfGroups';

/**
 * Where a change of a gap came from:
 * - `gap-not-smaller`: the gap is as large as before, or larger
 * - `no-group-worse`: the gap shrank and no group lost
 * - `one-group-worse`: the gap shrank while one group lost and another gained
 * - `levelled-down`: the gap shrank and no group gained, at least one lost
 */
export type LevellingVerdict = 'gap-not-smaller' | 'no-group-worse' | 'one-group-worse' | 'levelled-down';

/** A gap before and after, and where its change came from. */
export interface GapChange {
  gapBefore: number;
  gapAfter: number;
  verdict: LevellingVerdict;
}

/** What is checked of a model: its groups, and gaps by name; null where one is undefined. */
export interface LevelledModel<Name extends string> {
  groups: readonly Pick<GroupMetrics, 'accuracy' | 'f1'>[];
  gaps: Record<Name, number | null>;
}

/** What changed for each group, and where the change of each gap came from. */
export interface Levelling<Name extends string> {
  /** Model minus baseline for each group; negative: the group is served worse. */
  change: { accuracy: number[]; f1: number[] };
  /** The group with the lowest F1 before and after. */
  worst: { before: { group: number; f1: number }; after: { group: number; f1: number } };
  /** The gap in accuracy, judged by the groups' accuracy. */
  accuracy: GapChange;
  /** The gap in F1, judged by the groups' F1. */
  f1: GapChange;
  /** Judged by the groups' F1; null where the gap is undefined before or after. */
  gaps: Record<Name, GapChange | null>;
}

/**
 * Tells a gap that closed because the worse groups were served better from one that closed because some group was served
 * worse. The values are those of the samples: a change of the size of its interval is no finding.
 *
 * Source: Mittelstadt, Wachter, Russell, "The Unfairness of Fair Machine Learning" (2023), for the notion.
 *
 * @param model and `baseline` must come from the same samples
 */
export function checkLevelling<Name extends string>(
  model: LevelledModel<Name>,
  baseline: LevelledModel<Name>,
): Levelling<Name> {
  const valuesOf = (of: LevelledModel<Name>, name: 'accuracy' | 'f1') => of.groups.map((group) => group[name]);
  const spreads = (name: 'accuracy' | 'f1') => {
    const [before, after] = [valuesOf(baseline, name), valuesOf(model, name)];
    const change = after.map((value, group) => value - before[group]!);
    const [spreadBefore, spreadAfter] = [spreadOfGroups(before, 'higher'), spreadOfGroups(after, 'higher')];
    const gap = judgeGapChange(spreadBefore.gap.value!, spreadAfter.gap.value!, change);
    return { change, gap, worst: { before: spreadBefore.worst, after: spreadAfter.worst } };
  };
  const accuracy = spreads('accuracy');
  const f1 = spreads('f1');
  const worst = (of: typeof f1.worst.before) => ({ group: of.group!, f1: of.value! });
  return {
    change: { accuracy: accuracy.change, f1: f1.change },
    worst: { before: worst(f1.worst.before), after: worst(f1.worst.after) },
    accuracy: accuracy.gap,
    f1: f1.gap,
    gaps: mapRecord(model.gaps, (after, name) => {
      const before = baseline.gaps[name];
      return before === null || after === null ? null : judgeGapChange(before, after, f1.change);
    }),
  };
}

function judgeGapChange(gapBefore: number, gapAfter: number, change: readonly number[]): GapChange {
  const shrank = gapBefore - gapAfter > roundingResidue;
  return { gapBefore, gapAfter, verdict: shrank ? originOfFall(change) : 'gap-not-smaller' };
}

function originOfFall(change: readonly number[]): Exclude<LevellingVerdict, 'gap-not-smaller'> {
  if (change.every((value) => value >= -roundingResidue)) return 'no-group-worse';
  return change.some((value) => value > roundingResidue) ? 'one-group-worse' : 'levelled-down';
}
