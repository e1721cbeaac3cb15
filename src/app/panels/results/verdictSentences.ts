import { checkLevellingDown, type LevellingVerdict } from '../../../fairness/checkLevellingDown';
import type { FairnessCriterion, Interval } from '../../../fairness/fairnessReport';
import { type ArmName, armLabels } from '../../../recipe/runConfig';
import type { ArmContest, ArmRecord, Evaluation, RunRecord, StopReason } from '../../../recipe/runRecord';
import { formatNumber } from '../../format/formatNumber';
import { criterionNames } from './criterionNames';
import { findArm, type ShownSplit, shownEvaluations } from './shownEvaluations';

/**
 * What a run shows, in plain sentences, whichever way it came out: whether FATE is above 0 beyond its interval, whether
 * there was a gap beyond chance to begin with, whether the controls did as well, and whether a group lost.
 */
export function verdictSentences(record: RunRecord, split: ShownSplit): string[] {
  const { criterion } = record.config.pruning;
  const arm = findArm(record, 'snnl');
  if (!arm || arm.rounds.length === 0) return ['No round of SNNL-Fair is finished, so there is nothing to judge yet.'];
  if (arm.chosenRound === 0) {
    const controls = record.arms.filter(({ arm: name }) => name !== 'snnl');
    return [
      `No round of SNNL-Fair is chosen: ${stopWords(arm.stop)}. The unpruned model stands.`,
      ...controls.map((control) => outcomeSentence(record, control, split, criterion)),
    ];
  }
  const { baseline, after } = shownEvaluations(record, 'snnl', split, null);
  if (!after) return ['SNNL-Fair was not part of the last look at this split.'];
  return [
    fateSentence(after.evaluation, after.round, criterion),
    ...controlSentences(record, split, after.evaluation, criterion),
    ...noiseSentence(baseline, criterion),
    levellingSentence(after.evaluation, baseline, criterion),
    ...(split === 'validation' ? ['The validation split also chose the round, so expect less on the test split.'] : []),
  ];
}

function stopWords(stop: { round: number; reason: StopReason } | null): string {
  if (!stop) return 'none did better than the unpruned model';
  const reasons: Record<StopReason, string> = {
    'accuracy-drop': 'Avg F1 fell by more than th_acc allows',
    'no-fairness-gain': 'the criterion fell by less than th_fair asks for',
    'rounds-done': 'all rounds are done and none did better than the unpruned model',
  };
  return `the stop rule fired in round ${stop.round}, as ${reasons[stop.reason]}`;
}

function fateSentence(evaluation: Evaluation, round: number, criterion: FairnessCriterion): string {
  const fate = evaluation.fate?.[criterion] ?? null;
  const name = `FATE of ${criterionNames[criterion]}`;
  if (fate === null) return `${name} is undefined: the unpruned model’s gap or its Avg F1 is 0.`;
  const interval = fateInterval(evaluation, criterion);
  const start = `After round ${round}, SNNL-Fair’s ${name} is ${formatNumber(fate)}`;
  if (!interval) return `${start}; it has no interval, so no gain can be claimed.`;
  const range = intervalText(interval, evaluation.bootstrap?.level ?? 0);
  if (interval.low > 0) return `${start} (${range}), above 0.`;
  if (interval.high < 0) return `${start} (${range}), below 0: the unpruned model does better.`;
  return `${start}. The interval of FATE includes 0 (${range}): this run does not show a gain.`;
}

function noiseSentence({ noiseFloor }: Evaluation, criterion: FairnessCriterion): string[] {
  const floor = noiseFloor?.byCriterion[criterion];
  if (!floor) return [];
  const name = criterionNames[criterion];
  const numbers = `${formatNumber(floor.observed)}; chance alone reaches ${formatNumber(floor.q95)}`;
  return floor.aboveFloor
    ? [`The unpruned model’s ${name} is above what chance alone shows (${numbers}).`]
    : [`The unpruned model’s ${name} is within what chance alone shows (${numbers}), so there may be no gap to close.`];
}

function controlSentences(
  record: RunRecord,
  split: ShownSplit,
  own: Evaluation,
  criterion: FairnessCriterion,
): string[] {
  const ownFate = own.fate?.[criterion] ?? null;
  const controls = record.arms.filter(({ arm }) => arm !== 'snnl');
  if (controls.length === 0) return ['No control arm was run, so it cannot be told whether the scores matter.'];
  if (ownFate === null) return [];
  return controls.map((control) => {
    const { arm, chosenRound } = control;
    if (chosenRound === 0) return outcomeSentence(record, control, split, criterion);
    const { after } = shownEvaluations(record, arm, split, null);
    if (!after) return `${armLabels[arm]} was not part of this look.`;
    const contest = contestsOn(record, split).find(({ rival }) => rival === arm);
    const difference = contest?.difference[criterion];
    return difference?.interval
      ? contestSentence(arm, after.evaluation, { value: difference.value, interval: difference.interval }, criterion)
      : controlSentence(arm, after.evaluation, own, ownFate, criterion);
  });
}

/** How a control came out by itself. */
function outcomeSentence(
  record: RunRecord,
  control: ArmRecord,
  split: ShownSplit,
  criterion: FairnessCriterion,
): string {
  const label = armLabels[control.arm];
  if (control.rounds.length === 0) return `${label}: no round is finished.`;
  if (control.chosenRound === 0)
    return `${label}: no round is chosen${control.stop ? ` (stop rule in round ${control.stop.round})` : ''}.`;
  const { after } = shownEvaluations(record, control.arm, split, null);
  return `${label}: FATE ${formatNumber(after?.evaluation.fate?.[criterion] ?? null)} after its round ${control.chosenRound}.`;
}

function contestsOn(record: RunRecord, split: ShownSplit): ArmContest[] {
  return (split === 'test' ? record.testLooks.at(-1)?.contests : record.contests) ?? [];
}

/** How far SNNL-Fair is ahead of a control on the same resamples. */
function contestSentence(
  arm: ArmName,
  { fate, bootstrap }: Evaluation,
  { value, interval }: { value: number | null; interval: Interval },
  criterion: FairnessCriterion,
): string {
  const range = intervalText(interval, bootstrap?.level ?? 0);
  const start = `${armLabels[arm]}: FATE ${formatNumber(fate?.[criterion] ?? null)}; SNNL-Fair’s minus this is ${formatNumber(value)} (paired ${range})`;
  if (interval.low > 0) return `${start}: SNNL-Fair did better.`;
  if (interval.high < 0) return `${start}: this did better than SNNL-Fair.`;
  return `${start}, which includes 0: no evidence that SNNL-Fair did better.`;
}

/** For records from before the arms were compared on the same resamples. */
function controlSentence(
  arm: ArmName,
  control: Evaluation,
  own: Evaluation,
  ownFate: number,
  criterion: FairnessCriterion,
): string {
  const fate = control.fate?.[criterion] ?? null;
  if (fate === null) return `${armLabels[arm]}: FATE is undefined.`;
  const start = `${armLabels[arm]}: FATE ${formatNumber(fate)}`;
  if (fate >= ownFate) return `${start}, as well as SNNL-Fair or better.`;
  const ownInterval = fateInterval(own, criterion);
  const interval = fateInterval(control, criterion);
  if (!ownInterval || !interval)
    return `${start}, lower than SNNL-Fair’s; without intervals the difference cannot be judged.`;
  return interval.high < ownInterval.low
    ? `${start}, lower than SNNL-Fair’s, and the two intervals are apart.`
    : `${start}, lower than SNNL-Fair’s, but the two intervals overlap.`;
}

function levellingSentence(after: Evaluation, baseline: Evaluation, criterion: FairnessCriterion): string {
  const name = criterionNames[criterion];
  const sentences: Record<LevellingVerdict, string> = {
    'gap-not-smaller': `${name} is not smaller than before.`,
    'no-group-worse': `${name} is smaller and neither group’s F1 fell.`,
    'one-group-worse': `${name} is smaller, but one group’s F1 fell.`,
    'levelled-down': `${name} is smaller only because F1 fell: levelled down.`,
  };
  return sentences[checkLevellingDown(after.report, baseline.report).criteria[criterion].verdict];
}

function fateInterval(evaluation: Evaluation, criterion: FairnessCriterion): Interval | null {
  return evaluation.bootstrap?.fate?.[criterion] ?? null;
}

function intervalText({ low, high }: Interval, level: number): string {
  return `${formatNumber(level * 100, 2)} % interval ${formatNumber(low)} to ${formatNumber(high)}`;
}
