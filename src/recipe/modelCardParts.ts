import { splitNames } from '../dataset/splitName';
import { imageFitOf } from '../dataset/stored/dataset';
import { escapeMarkdown, markdownRow } from '../foundation/escape/escapeMarkdown';
import type { ModelId } from '../foundation/ids';
import { describeFit } from '../foundation/imageFit';
import { importanceLabel, subjectImportance } from '../importance/importances';
import { describeOrigin } from './describeOrigin';
import { describeTrainingData } from './describeTrainingData';
import { describeVerdict } from './describeVerdict';
import { judgeRun } from './judgeRun';
import type { Evaluation, RunRecord } from './runRecord';

const md = escapeMarkdown;

/** The data of a run: groups, classes, and how many samples of each group a split has. */
export function describeData({ dataset }: RunRecord): string[] {
  const rows = splitNames.map((split) => {
    const [zero, one] = [0, 1].map((group) => dataset.counts[split].reduce((sum, cell) => sum + cell[group]!, 0));
    return markdownRow([split, String(zero), String(one), dataset.splitHashes[split]]);
  });
  const fit = imageFitOf(dataset);
  return [
    '',
    '## Data',
    `- Data: ${md(dataset.name)}; groups by ${md(dataset.sensitiveAttribute)}: 0 = ${md(dataset.groupNames[0])}, 1 = ${md(dataset.groupNames[1])}`,
    `- Classes: ${md(dataset.classNames.join(', '))}; images ${fit ? `${describeFit(fit)} to` : 'of'} ${dataset.imageSize} × ${dataset.imageSize} pixels${dataset.decoder === undefined ? '' : `, decoded by ${md(dataset.decoder)}`}`,
    '- Channels were scored on the training split. The validation split stopped the run, chose the round and gave its numbers.',
    '',
    markdownRow(['split', ...dataset.groupNames, 'hash of its names']),
    '|---|---|---|---|',
    ...rows,
  ];
}

/** What the run measured of one of its rounds, or of the model that it started from. Nothing for any other model. */
export function describeMeasured(record: RunRecord, id: ModelId): string[] {
  const found = record.arms.flatMap(({ arm, rounds }) =>
    rounds.filter(({ modelId }) => modelId === id).map((round) => ({ arm, round })),
  )[0];
  if (!found && record.model.id !== id) return [];
  const { groupNames } = record.dataset;
  const baseline = record.baseline.evaluation;
  const tested = record.testLooks.flatMap((look) => {
    if (!found) return [describeEvaluation(look.baseline, null, groupNames)];
    return look.arms
      .filter(({ arm, round }) => arm === found.arm && round === found.round.round)
      .map(({ evaluation }) => describeEvaluation(evaluation, look.baseline, groupNames));
  });
  const origin = describeOrigin(record);
  const looks = record.testLooks.length === 1 ? 'once' : `${record.testLooks.length} times`;
  return [
    '',
    '## Measured',
    ...(origin ? ['', md(origin)] : []),
    ...(found ? describeFinding(record, found.arm, found.round.round) : []),
    ...(found
      ? describeEvaluation(found.round.evaluation, baseline, groupNames)
      : describeEvaluation(baseline, null, groupNames)),
    ...tested.flat(),
    ...(found ? describeControls(record, found.round.round, id) : []),
    '',
    `The test split had been looked at ${looks} when this card was written.`,
  ];
}

/** What the run comes to, where it judged this very round of SNNL-Fair; of other rounds, that it did not. */
function describeFinding(record: RunRecord, arm: string, round: number): string[] {
  const training = describeTrainingData(record.model, record.dataset);
  const splits = record.testLooks.length > 0 ? (['validation', 'test'] as const) : (['validation'] as const);
  const findings = splits.flatMap((split) => {
    const verdict = judgeRun(record, split);
    return arm === subjectImportance.id && verdict.round === round
      ? [md(`On the ${split} split: ${describeVerdict(verdict).join(' ')}`)]
      : [];
  });
  const unjudged = 'The run does not report this round: its numbers are no finding.';
  return ['', ...(findings.length > 0 ? findings : [unjudged]), ...(training ? ['', md(training)] : [])];
}

const round3 = (value: number | null | undefined) => value?.toPrecision(3);
const range = (interval: { low: number; high: number } | null | undefined) =>
  interval ? `${interval.low.toPrecision(3)} to ${interval.high.toPrecision(3)}` : 'none';

/** @param unpruned the unpruned model on the same split; null when this is it */
function describeEvaluation(
  evaluation: Evaluation,
  unpruned: Evaluation | null,
  groupNames: [string, string],
): string[] {
  const { report, fate, bootstrap, noiseFloor, split } = evaluation;
  const before = unpruned?.report ?? report;
  const criteria = (['eopp0', 'eopp1', 'eodd'] as const).map((name) => {
    const floor = round3(noiseFloor?.byCriterion[name].q95) ?? 'none';
    const gain = unpruned ? (round3(fate?.[name]) ?? '–') : '';
    return `| ${name} | ${round3(before[name])} | ${round3(report[name])} | ${range(bootstrap?.intervals[name])} | ${floor} | ${gain} | ${unpruned ? range(bootstrap?.fate?.[name]) : ''} |`;
  });
  const { f1 } = report.rows;
  const groups = groupNames.map((name, index) => {
    const { n, accuracy, precision, recall, f1: groupF1 } = report.groups[index]!;
    return markdownRow([
      name,
      String(n),
      ...[accuracy, precision, recall, groupF1].map((value) => value.toPrecision(3)),
    ]);
  });
  return [
    '',
    `${report.n} samples of the ${split} split; ${bootstrap ? `${bootstrap.level * 100} % bootstrap intervals (by ${bootstrap.unit})` : 'no intervals'}.`,
    '',
    '| | unpruned | this model | interval | noise floor (95 %) | FATE | FATE interval |',
    '|---|---|---|---|---|---|---|',
    `| F1, mean of groups | ${round3(before.rows.f1.avg)} | ${round3(f1.avg)} | ${range(bootstrap?.intervals.f1Avg)} | | | |`,
    ...criteria,
    '',
    '| group | samples | accuracy | precision | recall | F1 |',
    '|---|---|---|---|---|---|',
    ...groups,
  ];
}

/** The other arms at the same round: a gain that they show too does not come from the scores. */
function describeControls(record: RunRecord, round: number, id: ModelId): string[] {
  const { criterion } = record.config.pruning;
  const rows = record.arms.flatMap(({ arm, rounds }) =>
    rounds
      .filter((other) => other.round === round && other.modelId !== id)
      .map(({ evaluation: { report, fate, bootstrap } }) => {
        const gain = round3(fate?.[criterion]) ?? '–';
        return `| ${importanceLabel(arm)} | ${round3(report.rows.f1.avg)} | ${round3(report[criterion])} | ${gain} | ${range(bootstrap?.fate?.[criterion])} |`;
      }),
  );
  if (rows.length === 0) return [];
  return [
    '',
    `The other arms of the run after the same round ${round} (validation split):`,
    '',
    `| arm | F1, mean of groups | ${criterion} | FATE | FATE interval |`,
    '|---|---|---|---|---|',
    ...rows,
  ];
}

export const limits = [
  '',
  '## Limits',
  '- Two groups and one attribute were looked at; others may differ more. Nothing follows for other images.',
  '- A gap at or below the noise floor cannot be told from chance on these samples; FATE, which divides by it, then says nothing.',
  '- A FATE whose interval holds 0 is no evidence of a change; a gain that the other arms show too is none of the ranking.',
  '- A model that gives every image the same class has no gap at all: read every gap beside F1.',
  '- A smaller gap can come from the better-off group getting worse: compare the groups’ own rows.',
  '- A run scores channels on the training split. The validation split stops it, chooses the round and gives its numbers, which are therefore optimistic; those of the test split are not, if it was looked at once.',
  '- Not a medical device; not for decisions about patients.',
  '',
];
