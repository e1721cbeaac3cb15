import { byCriterion } from './byCriterion';
import type { FairnessCriterion, FairnessReport } from './fairnessReport';
import { roundingResidue } from './roundingResidue';

/**
 * Where a change of a gap came from:
 * - `gap-not-smaller`: the gap is as large as before, or larger
 * - `no-group-worse`: the gap shrank and no group lost
 * - `one-group-worse`: the gap shrank while one group lost and the other gained
 * - `levelled-down`: the gap shrank and no group gained, at least one lost
 */
export type LevellingVerdict = 'gap-not-smaller' | 'no-group-worse' | 'one-group-worse' | 'levelled-down';

/** A gap before and after, and where its change came from. */
export interface GapChange {
  gapBefore: number;
  gapAfter: number;
  verdict: LevellingVerdict;
}

/** What changed for each group between baseline and model. */
export interface LevellingDown {
  /** Model minus baseline for group 0 and group 1; negative: the group is served worse. */
  change: { accuracy: [number, number]; f1: [number, number] };
  /** The gap in accuracy, judged by the groups' accuracy. */
  accuracy: GapChange;
  /** The gap in F1, judged by the groups' F1. */
  f1: GapChange;
  /** Eopp0, Eopp1 and Eodd, judged by the groups' F1. */
  criteria: Record<FairnessCriterion, GapChange>;
}

/**
 * Tells a gap that closed because the worse group was served better from one that closed because a group was served
 * worse. The values are those of the samples: a change of the size of the bootstrap intervals is no finding.
 *
 * Source: Mittelstadt, Wachter, Russell, "The Unfairness of Fair Machine Learning" (2023), for the notion.
 *
 * @param model and `baseline` must come from the same samples
 */
export function checkLevellingDown(model: FairnessReport, baseline: FairnessReport): LevellingDown {
  const accuracy = changeOfGroups(model, baseline, 'accuracy');
  const f1 = changeOfGroups(model, baseline, 'f1');
  return {
    change: { accuracy, f1 },
    accuracy: judgeGapChange(baseline.rows.accuracy.diff, model.rows.accuracy.diff, accuracy),
    f1: judgeGapChange(baseline.rows.f1.diff, model.rows.f1.diff, f1),
    criteria: byCriterion((criterion) => judgeGapChange(baseline[criterion], model[criterion], f1)),
  };
}

function changeOfGroups(model: FairnessReport, baseline: FairnessReport, name: 'accuracy' | 'f1'): [number, number] {
  return [model.groups[0][name] - baseline.groups[0][name], model.groups[1][name] - baseline.groups[1][name]];
}

/**
 * Says where the change of a gap came from.
 * @param change of what is good in each group: negative where a group is served worse
 */
export function judgeGapChange(gapBefore: number, gapAfter: number, change: readonly number[]): GapChange {
  const shrank = gapBefore - gapAfter > roundingResidue;
  return { gapBefore, gapAfter, verdict: shrank ? originOfFall(change) : 'gap-not-smaller' };
}

function originOfFall(change: readonly number[]): Exclude<LevellingVerdict, 'gap-not-smaller'> {
  if (change.every((value) => value >= -roundingResidue)) return 'no-group-worse';
  return change.some((value) => value > roundingResidue) ? 'one-group-worse' : 'levelled-down';
}
