import { formatFairnessTable } from '../fairness/formatFairnessTable';
import type { TwoGroupReport } from '../fairness/paperTableSchema';
import { tableRows } from '../fairness/tableRows';
import { importanceLabel } from '../importance/importances';
import { describeOrigin } from '../recipe/describeOrigin';
import { describeTrainingData } from '../recipe/describeTrainingData';
import { describeVerdict } from '../recipe/describeVerdict';
import { type JudgedSplit, judgeRun } from '../recipe/judgeRun';
import { nameRound } from '../recipe/nameRound';
import type { Evaluation, RunRecord } from '../recipe/runRecord';
import { formatColumns, type Output } from './output';

const stopReasons = {
  'accuracy-drop': 'Avg F1 fell by more than the allowed drop',
  'no-fairness-gain': 'the criterion fell by less than the required gain',
  'rounds-done': 'all rounds are done',
};

/** Prints a run: what it comes to, the paper's table for the unpruned model and every round of every arm, a line per round. */
export function printRun(record: RunRecord, output: Output): void {
  output.event({ kind: 'runRecord', record });
  const { groupNames, name } = record.dataset;
  const table = (evaluation: Evaluation) => evaluationTable(evaluation, groupNames);
  const { backend, device, reason } = record.environment;
  output.line(`${name}, validation split. Computed on ${backend} (${device}). ${reason}`);
  output.text('');
  const origin = describeOrigin(record);
  if (origin) output.text(`${origin}\n`);
  output.text(`Unpruned model, ${record.model.parameters} parameters\n${table(record.baseline.evaluation)}`);
  for (const arm of record.arms) {
    for (const { round, evaluation, channelsLeft, parameters } of arm.rounds) {
      output.text(
        `${importanceLabel(arm.arm)}, ${nameRound(arm, round)}: ${channelsLeft} channels, ${parameters} parameters\n${table(evaluation)}`,
      );
    }
  }
  printRounds(record, output);
  printVerdict(record, 'validation', output);
}

/** The paper's table of one model on one split. */
export function evaluationTable(evaluation: Evaluation, groupNames: [string, string]): string {
  return formatFairnessTable(tableRows(evaluation, groupNames), 'text');
}

/** A line for every round; an arm that did not run has one, too. */
function printRounds(record: RunRecord, output: Output): void {
  const { criterion } = record.config.pruning;
  const number = (value: number | null | undefined) => value?.toFixed(4).replace('-', '−') ?? '–';
  const row = (name: string, evaluation: Evaluation | null) => {
    const read = (of: (report: TwoGroupReport) => number) => (evaluation ? number(of(evaluation.report)) : '–');
    const interval = evaluation?.bootstrap?.fate?.[criterion];
    return [
      name,
      read((report) => report.rows.f1.avg),
      read((report) => report[criterion]),
      number(evaluation?.noiseFloor?.byCriterion[criterion].q95),
      number(evaluation?.fate?.[criterion]),
      interval ? `${number(interval.low)} to ${number(interval.high)}` : '–',
    ];
  };
  const rows = record.arms.flatMap((arm) =>
    arm.rounds.length === 0
      ? [row(`${importanceLabel(arm.arm)}, did not run`, null)]
      : arm.rounds.map(({ round, evaluation }) =>
          row(`${importanceLabel(arm.arm)}, ${nameRound(arm, round)}`, evaluation),
        ),
  );
  output.text(formatColumns(['', 'Avg F1', criterion, 'noise floor', 'FATE', 'interval'], rows));
  for (const { arm, stop, rounds, chosenRound } of record.arms) {
    if (stop)
      output.text(`${importanceLabel(arm)}: stop after round ${stop.round}, since ${stopReasons[stop.reason]}.`);
    if (rounds.length > 0 && chosenRound === 0) {
      output.text(`${importanceLabel(arm)}: no round is chosen; the unpruned model stands.`);
    }
  }
}

/** What the run comes to on a split: one verdict for the page, the model card and here. */
export function printVerdict(record: RunRecord, split: JudgedSplit, output: Output): void {
  const verdict = judgeRun(record, split);
  const sentences = describeVerdict(verdict);
  const training = describeTrainingData(record.model, record.dataset);
  const { headline, isPositive } = verdict;
  output.event({ kind: 'verdict', headline, isPositive, sentences });
  output.text('');
  for (const sentence of [...sentences, ...(training ? [training] : [])]) output.line(sentence);
}
