import type { Interval } from '../../../fairness/fairnessReport';
import type { ArmName } from '../../../recipe/runConfig';
import type { RunRecord } from '../../../recipe/runRecord';
import { findRound } from '../results/shownEvaluations';

/** One arm of one run, at its chosen round, or as it stands unpruned when none was chosen. */
export interface RunTableRow {
  run: RunRecord;
  arm: ArmName;
  roundsDone: number;
  chosenRound: number;
  f1Avg: number;
  eodd: number;
  eoddInterval: Interval | null;
  fate: number | null;
  fateInterval: Interval | null;
}

/** Rows of the comparison, newest run first. FATE is that of the run's own criterion. */
export function runTableRows(runs: readonly RunRecord[]): RunTableRow[] {
  return runs
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    .flatMap((run) =>
      run.arms.map((arm) => {
        const { criterion } = run.config.pruning;
        const chosen = findRound(arm, arm.chosenRound);
        const evaluation = chosen?.evaluation ?? run.baseline.evaluation;
        return {
          run,
          arm: arm.arm,
          roundsDone: arm.rounds.length,
          chosenRound: arm.chosenRound,
          f1Avg: evaluation.report.rows.f1.avg,
          eodd: evaluation.report.eodd,
          eoddInterval: evaluation.bootstrap?.intervals.eodd ?? null,
          fate: chosen ? (evaluation.fate?.[criterion] ?? null) : 0,
          fateInterval: evaluation.bootstrap?.fate?.[criterion] ?? null,
        };
      }),
    );
}
