import {
  compareSeeds,
  type SeedComparison,
  type SeedSummary,
  summariseSeeds,
} from '../fairness/overSeeds/compareSeeds';
import type { FairnessCriterion } from '../fairness/paperTable';
import { subjectImportance } from '../importance/importances';
import { contestRound } from './compareArms';
import type { ArmHead, EvaluationHead, RunHead } from './runHead';
import { eligibleRounds } from './stopRule';

/** What is summarised over seeds: Avg F1, the gaps, and FATE of the criterion that the runs were stopped by. */
export const seedStatistics = ['f1', 'eopp0', 'eopp1', 'eodd', 'fate'] as const;
export type SeedStatistic = (typeof seedStatistics)[number];

/** One arm over runs that differ in their seed alone. A round that a run's stop rule rejected counts as what it was. */
export interface ArmOverSeeds {
  arm: string;
  /** Seeds whose arm has done the round, and those of them where the stop rule had fired. */
  doneCount: number;
  rejectedCount: number;
  /** Null when no seed has done the round, or the statistic is no number for one that has. */
  summaries: Record<SeedStatistic, SeedSummary | null>;
  /**
   * SNNL-Fair minus this arm, over the seeds where both have done the round; null where a value is no number. Null as a whole
   * for SNNL-Fair itself, and where there is no such seed.
   */
  against: Record<SeedStatistic, SeedComparison | null> | null;
}

type Values = Record<SeedStatistic, number | null>;
type RoundOf = (run: RunHead, arm: ArmHead) => number;

/**
 * Arms over seeds: mean and sample standard deviation of each, and SNNL-Fair against each other arm, paired by seed.
 *
 * @param runs one of each seed, of the same settings, data and model
 * @param roundOf the round that an arm of a run is looked at after
 */
export function armsOverSeeds(runs: readonly RunHead[], roundOf: RoundOf): ArmOverSeeds[] {
  const outcomesOf = (name: string) => runs.map((run) => outcomeOf(run, name, roundOf));
  const names = runs[0]?.arms.map(({ arm }) => arm) ?? [];
  const own = names.includes(subjectImportance.id) ? outcomesOf(subjectImportance.id) : [];
  return names.map((arm) => {
    const outcomes = outcomesOf(arm);
    const done = outcomes.filter((outcome) => outcome !== null);
    const pairs = outcomes.flatMap((other, seed) => {
      const mine = own[seed];
      return mine && other ? [{ mine: mine.values, other: other.values }] : [];
    });
    return {
      arm,
      doneCount: done.length,
      rejectedCount: done.filter(({ isRejected }) => isRejected).length,
      summaries: eachStatistic((statistic) => summariseAll(done.map(({ values }) => values[statistic]))),
      against:
        arm === subjectImportance.id || pairs.length === 0
          ? null
          : eachStatistic((statistic) =>
              compareAll(
                pairs.map(({ mine }) => mine[statistic]),
                pairs.map(({ other }) => other[statistic]),
              ),
            ),
    };
  });
}

/** The unpruned model over seeds: the same for all, unless the seed changes what it is measured with. */
export function unprunedOverSeeds(runs: readonly RunHead[]): ArmOverSeeds['summaries'] {
  const values = runs.map((run) => valuesOf(run.baseline.evaluation, run.config.pruning.criterion));
  return eachStatistic((statistic) => summariseAll(values.map((each) => each[statistic])));
}

/** The round that a run reports: SNNL-Fair's, in every arm, or its last where it reports none. */
export function reportedRound(run: RunHead, arm: ArmHead): number {
  return contestRound(run.arms) || arm.chosenRound || arm.rounds.length;
}

/** Null when the arm has not done the round. */
function outcomeOf(run: RunHead, name: string, roundOf: RoundOf): { values: Values; isRejected: boolean } | null {
  const arm = run.arms.find((candidate) => candidate.arm === name);
  const round = arm && roundOf(run, arm);
  const found = arm?.rounds.find((candidate) => candidate.round === round);
  if (!arm || !found) return null;
  return {
    values: valuesOf(found.evaluation, run.config.pruning.criterion),
    isRejected: !eligibleRounds(arm.rounds, arm.stop).includes(found),
  };
}

function valuesOf({ report, fate }: EvaluationHead, criterion: FairnessCriterion): Values {
  const { eopp0, eopp1, eodd } = report;
  return { f1: report.rows.f1.avg, eopp0, eopp1, eodd, fate: fate?.[criterion] ?? null };
}

function eachStatistic<T>(compute: (statistic: SeedStatistic) => T): Record<SeedStatistic, T> {
  return {
    f1: compute('f1'),
    eopp0: compute('eopp0'),
    eopp1: compute('eopp1'),
    eodd: compute('eodd'),
    fate: compute('fate'),
  };
}

function summariseAll(values: readonly (number | null)[]): SeedSummary | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length > 0 && numbers.length === values.length ? summariseSeeds(numbers) : null;
}

function compareAll(mine: readonly (number | null)[], other: readonly (number | null)[]): SeedComparison | null {
  const own = mine.filter((value) => value !== null);
  const others = other.filter((value) => value !== null);
  const isWhole = own.length === mine.length && others.length === other.length;
  return isWhole ? compareSeeds(own, others) : null;
}
