import { type FairnessTable, tableRows } from '../../../fairness/tableRows';
import { armLabels } from '../../../recipe/runConfig';
import type { Evaluation, RunRecord } from '../../../recipe/runRecord';
import { findRound } from '../results/shownEvaluations';

/** The tables of a run: validation, and the last look at the test split when there was one. */
export function exportTables(record: RunRecord): { title: string; table: FairnessTable }[] {
  const toTable = (title: string, evaluation: Evaluation) => ({
    title: `${title}, ${evaluation.split} split`,
    table: tableRows(evaluation.report, { ...evaluation, groupNames: record.dataset.groupNames }),
  });
  const look = record.testLooks.at(-1);
  const seen = look
    ? [
        toTable(`Unpruned, look ${record.testLooks.length}`, look.baseline),
        ...look.arms.map(({ arm, round, evaluation }) =>
          toTable(`${armLabels[arm]}, round ${round}, look ${record.testLooks.length}`, evaluation),
        ),
      ]
    : [];
  return [
    toTable('Unpruned', record.baseline.evaluation),
    ...record.arms.flatMap((arm) => {
      const chosen = findRound(arm, arm.chosenRound);
      return chosen ? [toTable(`${armLabels[arm.arm]}, round ${chosen.round}`, chosen.evaluation)] : [];
    }),
    ...seen,
  ];
}
