import { formatFairnessTable } from '../fairness/formatFairnessTable';
import { tableRows } from '../fairness/tableRows';
import { armLabels } from '../recipe/runConfig';
import type { Evaluation, RunRecord } from '../recipe/runRecord';
import { formatColumns, type Output } from './output';

const stopReasons = {
  'accuracy-drop': 'Avg F1 fell by more than the allowed drop',
  'no-fairness-gain': 'the criterion fell by less than the required gain',
  'rounds-done': 'all rounds are done',
};

/** Prints a run: the paper's table for the unpruned model and every round of every arm, then one line per round. */
export function printRun(record: RunRecord, output: Output): void {
  output.event({ kind: 'runRecord', record });
  const { groupNames, name } = record.dataset;
  const table = ({ report, ...extras }: Evaluation) =>
    formatFairnessTable(tableRows(report, { ...extras, groupNames }), 'text');
  const { backend, device, reason } = record.environment;
  output.text(`${name}, validation split. Computed on ${backend} (${device}). ${reason}\n`);
  output.text(`Unpruned model, ${record.model.parameters} parameters\n${table(record.baseline.evaluation)}`);
  for (const { arm, rounds } of record.arms) {
    for (const { round, evaluation, channelsLeft, parameters } of rounds) {
      output.text(
        `${armLabels[arm]}, round ${round}: ${channelsLeft} channels, ${parameters} parameters\n${table(evaluation)}`,
      );
    }
  }
  printRounds(record, output);
}

function printRounds(record: RunRecord, output: Output): void {
  const { criterion } = record.config.pruning;
  const number = (value: number | null | undefined) => value?.toFixed(4).replace('-', '−') ?? 'undefined';
  const rows = record.arms.flatMap(({ arm, rounds, chosenRound }) =>
    rounds.map(({ round, evaluation }) => {
      const interval = evaluation.bootstrap?.fate?.[criterion];
      return [
        `${armLabels[arm]}, round ${round}${round === chosenRound ? ' (reported)' : ''}`,
        number(evaluation.report.rows.f1.avg),
        number(evaluation.report[criterion]),
        number(evaluation.noiseFloor?.byCriterion[criterion].q95),
        number(evaluation.fate?.[criterion]),
        interval ? `${number(interval.low)} to ${number(interval.high)}` : 'none',
      ];
    }),
  );
  output.text(formatColumns(['', 'Avg F1', criterion, 'noise floor', 'FATE', 'interval'], rows));
  for (const { arm, stop, chosenRound } of record.arms) {
    if (stop) output.text(`${armLabels[arm]}: stop after round ${stop.round}, since ${stopReasons[stop.reason]}.`);
    if (chosenRound === 0) output.text(`${armLabels[arm]}: no round before the stop; the unpruned model stands.`);
  }
  for (const { rival, difference } of record.contests ?? []) {
    const { value, interval } = difference[criterion];
    const range = interval ? `paired interval ${number(interval.low)} to ${number(interval.high)}` : 'no interval';
    output.text(`FATE of ${armLabels.snnl} minus ${armLabels[rival]}: ${number(value)} (${range}).`);
  }
  output.text(
    'A FATE whose interval holds 0 is no evidence of a change; compare the arms before crediting the ranking.',
  );
}
