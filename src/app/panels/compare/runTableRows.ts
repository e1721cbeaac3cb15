import type { Interval } from '../../../fairness/fairnessEvaluation';
import { nameRound } from '../../../recipe/nameRound';
import type { RunHead } from '../../../recipe/runHead';
import { findRound } from '../results/shownEvaluations';

/** One arm of one run at its chosen round. Where none was chosen the unpruned model stands, without a FATE. */
export interface RunTableRow {
  run: RunHead;
  arm: string;
  roundsDone: number;
  /** Null when no round is finished or none was chosen. */
  chosen: string | null;
  /** Null for an arm that did not run. */
  f1Avg: number | null;
  eodd: number | null;
  eoddInterval: Interval | null;
  fate: number | null;
  fateInterval: Interval | null;
}

/** Rows of the comparison, newest run first. FATE is that of the run's own criterion. */
export function runTableRows(runs: readonly RunHead[]): RunTableRow[] {
  return runs
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    .flatMap((run) =>
      run.arms.map((arm) => {
        const { criterion } = run.config.pruning;
        const chosen = findRound(arm, arm.chosenRound);
        const evaluation = arm.rounds.length === 0 ? null : (chosen?.evaluation ?? run.baseline.evaluation);
        return {
          run,
          arm: arm.arm,
          roundsDone: arm.rounds.length,
          chosen: chosen ? nameRound(arm, chosen.round) : null,
          f1Avg: evaluation?.report.rows.f1.avg ?? null,
          eodd: evaluation?.report.eodd ?? null,
          eoddInterval: evaluation?.bootstrap?.intervals.eodd ?? null,
          fate: chosen?.evaluation.fate?.[criterion] ?? null,
          fateInterval: chosen?.evaluation.bootstrap?.fate?.[criterion] ?? null,
        };
      }),
    );
}
