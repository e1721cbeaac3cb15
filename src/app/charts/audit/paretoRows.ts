import type { FairnessCriterion } from '../../../fairness/paperTable';
import { originWords } from '../../../recipe/describeOrigin';
import type { EvaluationHead, RunHead } from '../../../recipe/runHead';

/** A model by what it gives up for what. */
export interface ParetoPoint {
  run: string;
  /** Null for the unpruned model. */
  arm: string | null;
  round: number;
  f1: number;
  gap: number;
  f1Interval: { low: number; high: number } | null;
  gapInterval: { low: number; high: number } | null;
  isChosen: boolean;
  /** That the run was not computed here; empty for one that was. */
  origin: string;
  /** True when no other point has both an F1 as high and a gap as small, one of them better. */
  isOnFront: boolean;
}

/** The unpruned model and every round of every arm: Avg F1 against a gap, on the validation split. */
export function paretoRows(runs: readonly RunHead[], criterion: FairnessCriterion): ParetoPoint[] {
  const point = (run: RunHead, arm: string | null, round: number, isChosen: boolean, evaluation: EvaluationHead) => ({
    run: run.id,
    arm,
    round,
    f1: evaluation.report.rows.f1.avg,
    gap: evaluation.report[criterion],
    f1Interval: evaluation.bootstrap?.intervals.f1Avg ?? null,
    gapInterval: evaluation.bootstrap?.intervals[criterion] ?? null,
    isChosen,
    origin: originWords(run),
  });
  return markFront(
    runs.flatMap((run) => [
      point(run, null, 0, false, run.baseline.evaluation),
      ...run.arms.flatMap(({ arm, rounds, chosenRound }) =>
        rounds.map(({ round, evaluation }) => point(run, arm, round, round === chosenRound, evaluation)),
      ),
    ]),
  );
}

/** Tells which points no other point beats. */
export function markFront<T extends { f1: number; gap: number }>(points: readonly T[]): (T & { isOnFront: boolean })[] {
  const beats = (a: T, b: T) => a.f1 >= b.f1 && a.gap <= b.gap && (a.f1 > b.f1 || a.gap < b.gap);
  return points.map((point) => ({ ...point, isOnFront: !points.some((other) => beats(other, point)) }));
}
