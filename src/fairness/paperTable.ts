import { LabError } from '../foundation/labError';
import type { LevelledModel } from './checkLevelling';
import type { GroupEvaluation } from './evaluateGroups';
import type { FairnessEvaluation } from './fairnessEvaluation';
import type { GapName } from './gapDefinitions';
import { mapRecord } from './mapRecord';
import type { PaperTable, ScoreSummary, TableRow, TwoGroupReport } from './paperTableSchema';

export type FairnessCriterion = 'eopp0' | 'eopp1' | 'eodd';
export const fairnessCriteria: readonly FairnessCriterion[] = ['eopp0', 'eopp1', 'eodd'];
export const criterionNames: Record<FairnessCriterion, string> = { eopp0: 'Eopp0', eopp1: 'Eopp1', eodd: 'Eodd' };

/** One entry for each fairness criterion. */
export function byCriterion<T>(make: (criterion: FairnessCriterion) => T): Record<FairnessCriterion, T> {
  return { eopp0: make('eopp0'), eopp1: make('eopp1'), eodd: make('eodd') };
}

/**
 * The paper's table, as a view of an evaluation.
 *
 *     Eopp0 = mean_k |TNR_0k - TNR_1k|
 *     Eopp1 = mean_k |TPR_0k - TPR_1k|
 *     Eodd  = mean_k |(TPR_0k - TPR_1k) + (FPR_0k - FPR_1k)| / 2
 *
 * k runs over all K classes, 0 and 1 are the groups. Each criterion lies in 0 … 1. 0 means that the rates agree in every
 * class; it does not mean that both groups are served well. Opposite signs cancel in Eodd, and a class that one group lacks
 * enters with the other group's whole rate: `bothGroups` leaves such classes out.
 *
 * Source: "Achieving Fairness Through Channel Pruning for Dermatological Disease Diagnosis" (MICCAI 2024) and the
 * metrics of its published code, whose means over classes and half in Eodd the paper's tables follow.
 *
 * @throws LabError `predictions-invalid` when there are not two groups
 */
export function paperTable(evaluation: FairnessEvaluation): PaperTable & Required<Pick<PaperTable, 'detail'>> {
  const { model, comparison, settings, unit } = evaluation;
  const { replicates, permutations, level } = settings;
  const { gaps, metrics, scores } = model;
  // Of two groups with samples all that is read here is defined, on every resample and in every permutation.
  return {
    report: twoGroupReport(model),
    fate: comparison && byCriterion((criterion) => comparison.fate[criterion].value),
    bootstrap:
      replicates === 0
        ? null
        : {
            replicates,
            level,
            unit,
            intervals: {
              f1Avg: metrics.f1.average.interval!,
              f1Diff: metrics.f1.gap.interval!,
              accuracyAvg: metrics.accuracy.average.interval!,
              accuracyDiff: metrics.accuracy.gap.interval!,
              ...byCriterion((criterion) => gaps[criterion].interval!),
            },
            fate: comparison && byCriterion((criterion) => comparison.fate[criterion].interval),
          },
    noiseFloor:
      permutations === 0
        ? null
        : {
            permutations,
            byCriterion: byCriterion((criterion) => {
              const { value, floor } = gaps[criterion];
              const { mean, q05, q95, aboveFloor } = floor!;
              return { observed: value!, mean, q05, q95, aboveFloor };
            }),
          },
    detail: {
      gaps: mapRecord(gaps, ({ value }) => value),
      scores: scores && {
        overall: summarize(scores.overall),
        groups: scores.groups.map(summarize),
        equityScaledAuc: model.equityScaledAuc.value,
      },
    },
  };
}

/**
 * What the paper's table says of the samples themselves: {@link paperTable} without its uncertainty.
 * @throws LabError `predictions-invalid` when there are not two groups
 */
export function twoGroupReport({ groups, gaps }: Pick<GroupEvaluation, 'groups' | 'gaps'>): TwoGroupReport {
  const [group0, group1] = groups;
  if (!group0 || !group1 || groups.length > 2) {
    throw new LabError({
      code: 'predictions-invalid',
      message: `The paper's table is of two groups, and there are ${groups.length}.`,
      hint: 'Read the whole evaluation instead, which is of any number of groups.',
      details: { groups: groups.length },
    });
  }
  const row = (name: 'precision' | 'recall' | 'f1' | 'accuracy') => tableRow(group0[name], group1[name]);
  // Over all classes a gap between two groups with samples is always defined.
  const gapOf = (name: GapName) => gaps[name].value!;
  const shared = group0.perClass.filter(({ support }, k) => support > 0 && group1.perClass[k]!.support > 0).length;
  return {
    n: group0.n + group1.n,
    classCount: group0.perClass.length,
    groups: [group0, group1],
    rows: { precision: row('precision'), recall: row('recall'), f1: row('f1'), accuracy: row('accuracy') },
    ...byCriterion(gapOf),
    bothGroups:
      shared === 0
        ? null
        : {
            classCount: shared,
            eopp0: gapOf('eopp0Shared'),
            eopp1: gapOf('eopp1Shared'),
            eodd: gapOf('eoddShared'),
          },
    worstGroupF1: Math.min(group0.f1, group1.f1),
    demographicParityGap: gapOf('demographicParity'),
  };
}

function tableRow(group0: number, group1: number): TableRow {
  return { group0, group1, avg: (group0 + group1) / 2, diff: Math.abs(group0 - group1) };
}

function summarize({ auc, brier, ece, reliability }: ScoreSummary): ScoreSummary {
  return { auc, brier, ece, reliability };
}

/** A report as the levelling-down check reads it. */
export function levelledReport(report: TwoGroupReport): LevelledModel<FairnessCriterion> {
  return { groups: report.groups, gaps: byCriterion((criterion) => report[criterion]) };
}
