import { fairnessTableCells } from '../../../fairness/fairnessTableCsv';
import { formatFairnessTable, type TableFormat } from '../../../fairness/formatFairnessTable';
import { type FairnessTable, tableRows } from '../../../fairness/tableRows';
import { escapeLatex } from '../../../foundation/escape/escapeLatex';
import { escapeMarkdown } from '../../../foundation/escape/escapeMarkdown';
import { writeCsv } from '../../../foundation/escape/writeCsv';
import { importanceLabel } from '../../../importance/importances';
import { originWords } from '../../../recipe/describeOrigin';
import { nameRound } from '../../../recipe/nameRound';
import type { Evaluation, RunRecord } from '../../../recipe/runRecord';
import { findArm, findRound } from '../results/shownEvaluations';

/** One file with the tables of a run; CSV names the model in a first column, the others in a heading above each table. */
export function writeTables(record: RunRecord, format: Exclude<TableFormat, 'text'>): string {
  const tables = exportTables(record);
  if (format === 'csv') return writeTablesCsv(tables);
  const heading = (title: string) =>
    format === 'markdown' ? `**${escapeMarkdown(title)}**\n\n` : `% ${escapeLatex(title)}\n`;
  return tables.map(({ title, table }) => heading(title) + formatFairnessTable(table, format)).join('\n');
}

/** Tables of one run have the same columns. */
function writeTablesCsv(tables: { title: string; table: FairnessTable }[]): string {
  const parts = tables.map(({ title, table }) => ({ title, ...fairnessTableCells(table) }));
  return writeCsv(
    ['Model', ...parts[0]!.columns],
    parts.flatMap(({ title, rows }) => rows.map((row) => [title, ...row])),
  );
}

/** Validation, and the last look at the test split when there was one. */
function exportTables(record: RunRecord): { title: string; table: FairnessTable }[] {
  const toTable = (title: string, evaluation: Evaluation) => ({
    title: `${title}, ${evaluation.split} split${record.origin ? `, ${originWords(record)}` : ''}`,
    table: tableRows(evaluation, record.dataset.groupNames),
  });
  const nameOf = (name: string, round: number) => {
    const arm = findArm(record, name);
    return arm ? nameRound(arm, round) : `round ${round}`;
  };
  const look = record.testLooks.at(-1);
  const seen = look
    ? [
        toTable(`Unpruned, look ${record.testLooks.length}`, look.baseline),
        ...look.arms.map(({ arm, round, evaluation }) =>
          toTable(`${importanceLabel(arm)}, ${nameOf(arm, round)}, look ${record.testLooks.length}`, evaluation),
        ),
      ]
    : [];
  return [
    toTable('Unpruned', record.baseline.evaluation),
    ...record.arms.flatMap((arm) => {
      const chosen = findRound(arm, arm.chosenRound);
      return chosen ? [toTable(`${importanceLabel(arm.arm)}, ${nameRound(arm, chosen.round)}`, chosen.evaluation)] : [];
    }),
    ...seen,
  ];
}
