import { computeFate } from '../../fairness/computeFate';
import { fateOfConstant } from '../../fairness/fateOfConstant';
import type { FairnessCriterion } from '../../fairness/paperTable';
import { gapStanding } from '../../recipe/maskFate';
import type { ArmRecord, Evaluation, RunRecord } from '../../recipe/runRecord';

/** One point of a run's chart, with its interval where there is one. */
export interface RunPoint {
  round: number;
  value: number | null;
  low: number | null;
  high: number | null;
  isChosen: boolean;
}

export interface ArmSeries {
  arm: string;
  points: RunPoint[];
  /** Round at which the stop rule fired, or would have. */
  stopRound: number | null;
}

/** FATE of every arm per round; round 0 is the baseline, whose FATE is 0 by definition. */
export function fateSeries(record: RunRecord, criterion: FairnessCriterion): ArmSeries[] {
  return record.arms.map((arm) => ({
    arm: arm.arm,
    stopRound: arm.stop?.round ?? null,
    points: [
      { round: 0, value: 0, low: null, high: null, isChosen: false },
      ...arm.rounds.map(({ round, evaluation }) => {
        const interval = evaluation.bootstrap?.fate?.[criterion] ?? null;
        return {
          round,
          value: evaluation.fate?.[criterion] ?? null,
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          isChosen: round === arm.chosenRound,
        };
      }),
    ],
  }));
}

/** The FATE that a classifier shows which gives every image the same class; null where FATE is no number. */
export function constantReference(
  { baseline }: RunRecord,
  criterion: FairnessCriterion,
): { value: number; name: string } | null {
  if (gapStanding(baseline.evaluation, criterion) === 'within-chance') return null;
  const value = fateOfConstant(baseline.evaluation.report, criterion);
  return value === null ? null : { value, name: 'one class for all' };
}

/** The criterion itself of every arm per round, the baseline as round 0. */
export function criterionSeries(record: RunRecord, criterion: FairnessCriterion): ArmSeries[] {
  const toPoint = (round: number, evaluation: Evaluation, isChosen: boolean): RunPoint => ({
    round,
    value: evaluation.report[criterion],
    low: evaluation.bootstrap?.intervals[criterion].low ?? null,
    high: evaluation.bootstrap?.intervals[criterion].high ?? null,
    isChosen,
  });
  return record.arms.map((arm) => ({
    arm: arm.arm,
    stopRound: arm.stop?.round ?? null,
    points: [
      toPoint(0, record.baseline.evaluation, false),
      ...arm.rounds.map(({ round, evaluation }) => toPoint(round, evaluation, round === arm.chosenRound)),
    ],
  }));
}

/**
 * Where FATE lies, per round of one arm, when the gap that is left is one that chance alone shows (5th to 95th percentile):
 * with the round's accuracy and the band's gaps in place of its own. Empty where FATE is no number.
 */
export function fateBand(
  record: RunRecord,
  arm: ArmRecord | undefined,
  criterion: FairnessCriterion,
): { round: number; low: number; high: number }[] {
  const { report } = record.baseline.evaluation;
  if (gapStanding(record.baseline.evaluation, criterion) === 'within-chance') return [];
  return (arm?.rounds ?? []).flatMap(({ round, evaluation }) => {
    const floor = evaluation.noiseFloor?.byCriterion[criterion];
    const fateOf = (gap: number) =>
      computeFate({
        accuracyModel: evaluation.report.rows.f1.avg,
        accuracyBaseline: report.rows.f1.avg,
        criterionModel: gap,
        criterionBaseline: report[criterion],
        lambda: 1,
      });
    const [low, high] = floor ? [fateOf(floor.q95), fateOf(floor.q05)] : [null, null];
    return low === null || high === null ? [] : [{ round, low, high }];
  });
}

/** Where the criterion lies by chance alone (5th to 95th percentile), per round of one arm. */
export function noiseBand(
  record: RunRecord,
  arm: ArmRecord | undefined,
  criterion: FairnessCriterion,
): { round: number; low: number; high: number }[] {
  const evaluations = [record.baseline.evaluation, ...(arm?.rounds ?? []).map(({ evaluation }) => evaluation)];
  return evaluations.flatMap(({ noiseFloor }, round) => {
    const floor = noiseFloor?.byCriterion[criterion];
    return floor ? [{ round, low: floor.q05, high: floor.q95 }] : [];
  });
}
