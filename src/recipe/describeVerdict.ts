import { checkLevelling, type LevellingVerdict } from '../fairness/checkLevelling';
import type { Interval } from '../fairness/fairnessEvaluation';
import { formatSignificant } from '../fairness/formatSignificant';
import { criterionNames, type FairnessCriterion, levelledReport } from '../fairness/paperTable';
import { importanceLabel } from '../importance/importances';
import { type ControlOutcome, fateInterval, type Headline, type RunVerdict } from './judgeRun';
import type { Evaluation, StopReason } from './runRecord';

/**
 * A verdict in sentences, for the page, the command line and the model card alike.
 *
 * @returns first what pruning changed, then what the run comes to, then FATE and the rest of the numbers
 */
export function describeVerdict(verdict: RunVerdict): string[] {
  const { after, baseline, criterion, split, isChosen } = verdict;
  if (!after) {
    return [
      split === 'test'
        ? 'SNNL-Fair was not part of the last look at this split.'
        : 'No round of SNNL-Fair is finished, so there is nothing to judge yet.',
    ];
  }
  return [
    changeSentence(verdict),
    headlineSentence(verdict, after),
    measureSentence(verdict, after),
    ...verdict.controls.map((control) => controlSentence(verdict, control)),
    ...(verdict.controls.length > 0 ? [] : ['No control arm was run, so it cannot be told whether the scores matter.']),
    ...noiseSentence(baseline, criterion),
    levellingSentence(after, baseline, criterion),
    ...(split === 'validation' && isChosen
      ? ['The validation split also chose the round, so expect less on the test split.']
      : []),
  ];
}

function changeSentence({ changed, prunedCount, round }: RunVerdict): string {
  const channels = `Pruning ${prunedCount} ${prunedCount === 1 ? 'channel' : 'channels'}`;
  const { fromUnpruned, beyondFineTuning, total } = changed;
  return beyondFineTuning === null
    ? `${channels} and fine-tuning changed ${fromUnpruned} of ${total} predictions; how many of them by pruning is not known, as no arm only fine-tuned up to round ${round}.`
    : `${channels} changed ${beyondFineTuning} of ${total} predictions beyond fine-tuning.`;
}

function headlineSentence(verdict: RunVerdict, after: Evaluation): string {
  const { baseline, criterion, controls, stop } = verdict;
  const name = criterionNames[criterion];
  const fall = baseline.report.rows.f1.avg - after.report.rows.f1.avg;
  const equals = controls.filter(({ outcome }) => outcome === 'as-good').map(({ arm }) => importanceLabel(arm));
  const noCredit = 'No gain can be credited to the scores';
  const sentences: Record<Headline, string> = {
    'nothing-to-judge': 'There is nothing to judge yet.',
    'one-class': 'This is no gain: the model gives every image the same class, which leaves no gap and no use.',
    'accuracy-lost': `This is no gain: Avg F1 fell by ${number(fall)}, more than th_acc allows.${standing(stop)}`,
    'no-gap': `The unpruned model shows no gap beyond chance in ${name}, so there is none to close.`,
    'no-floor': 'No gain can be claimed: what gap chance alone shows was not computed.',
    undefined: `No gain can be claimed: the unpruned model’s ${name} or its Avg F1 is 0.`,
    'no-round': `No round of SNNL-Fair is chosen: ${stopWords(stop)}. The unpruned model stands.`,
    'no-interval': 'No gain can be claimed: there is no interval.',
    loss: 'The unpruned model does better.',
    'may-be-chance': 'This run does not show a gain: what it found may be chance.',
    'no-control': `${noCredit}: no control arm has done the same round.`,
    'not-compared': `${noCredit}: not every control arm has been compared with it after the same round.`,
    'control-as-good': `${noCredit}: ${equals.join(' and ')} did as well, or cannot be told apart.`,
    gain: 'SNNL-Fair did better than the unpruned model and than every control of this run, beyond their intervals.',
  };
  return sentences[verdict.headline];
}

function standing(stop: RunVerdict['stop']): string {
  return stop?.reason === 'accuracy-drop' ? ` The stop rule fired in round ${stop.round}.` : '';
}

function stopWords(stop: RunVerdict['stop']): string {
  if (!stop) return 'none did better than the unpruned model';
  const reasons: Record<StopReason, string> = {
    'accuracy-drop': 'Avg F1 fell by more than th_acc allows',
    'no-fairness-gain': 'the criterion fell by less than th_fair asks for',
    'rounds-done': 'all rounds are done and none did better than the unpruned model',
  };
  return `the stop rule fired in round ${stop.round}, as ${reasons[stop.reason]}`;
}

/** FATE with its interval, or the gaps where FATE is no number. */
function measureSentence(verdict: RunVerdict, after: Evaluation): string {
  const { baseline, criterion, gap } = verdict;
  const name = criterionNames[criterion];
  const where = `After ${verdict.roundName}, SNNL-Fair’s`;
  if (gap === 'within-chance') {
    const [before, now] = [baseline.report[criterion], after.report[criterion]];
    return `${where} ${name} is ${number(now)}, the unpruned model’s ${number(before)}: a difference of ${number(now - before)}. FATE would divide by a gap that may be chance, so it is no number here.`;
  }
  const fate = after.fate?.[criterion] ?? null;
  if (fate === null) return `FATE of ${name} is undefined: the unpruned model’s gap or its Avg F1 is 0.`;
  const start = `${where} FATE of ${name} is ${number(fate)}`;
  const interval = fateInterval(after, criterion);
  if (!interval) return `${start}; it has no interval.`;
  const range = intervalText(interval, after);
  if (interval.low > 0) return `${start} (${range}), above 0.`;
  if (interval.high < 0) return `${start} (${range}), below 0: the unpruned model does better.`;
  return `${start}. The interval of FATE includes 0 (${range}).`;
}

function noiseSentence({ noiseFloor }: Evaluation, criterion: FairnessCriterion): string[] {
  const floor = noiseFloor?.byCriterion[criterion];
  if (!floor) return [];
  const name = criterionNames[criterion];
  const numbers = `${number(floor.observed)}; chance alone reaches ${number(floor.q95)}`;
  return floor.aboveFloor
    ? [`The unpruned model’s ${name} is above what chance alone shows (${numbers}).`]
    : [`The unpruned model’s ${name} is within what chance alone shows (${numbers}), so there may be no gap to close.`];
}

/** A control after the same round, and how far SNNL-Fair is ahead of it on the same resamples. */
function controlSentence({ criterion, gap, round, after: own }: RunVerdict, control: ControlOutcome): string {
  const { arm, evaluation, contest, outcome } = control;
  const label = importanceLabel(arm);
  if (!evaluation) return `${label}: round ${round} is not done, so there is nothing to compare.`;
  const isGap = gap === 'within-chance';
  const value = isGap ? evaluation.report[criterion] : (evaluation.fate?.[criterion] ?? null);
  const start = `${label}, round ${round}: ${isGap ? criterionNames[criterion] : 'FATE'} ${number(value)}`;
  const difference = (isGap ? contest?.gapDifference : contest?.difference)?.[criterion];
  if (!difference?.interval) {
    if (outcome === 'as-good') return `${start}, as well as SNNL-Fair or better.`;
    return `${start}; without a paired interval the difference from SNNL-Fair cannot be judged.`;
  }
  const range = intervalText(difference.interval, own ?? evaluation);
  const compared = `${start}; SNNL-Fair’s minus this is ${number(difference.value)} (paired ${range})`;
  const { low, high } = difference.interval;
  const [isAhead, isBehind] = isGap ? [high < 0, low > 0] : [low > 0, high < 0];
  if (isAhead) return `${compared}: SNNL-Fair did better.`;
  if (isBehind) return `${compared}: this did better than SNNL-Fair.`;
  return `${compared}, which includes 0: no evidence that SNNL-Fair did better.`;
}

function levellingSentence(after: Evaluation, baseline: Evaluation, criterion: FairnessCriterion): string {
  const name = criterionNames[criterion];
  const sentences: Record<LevellingVerdict, string> = {
    'gap-not-smaller': `${name} is not smaller than before.`,
    'no-group-worse': `${name} is smaller and neither group’s F1 fell.`,
    'one-group-worse': `${name} is smaller, but one group’s F1 fell.`,
    'levelled-down': `${name} is smaller only because F1 fell: levelled down.`,
  };
  return sentences[
    checkLevelling(levelledReport(after.report), levelledReport(baseline.report)).gaps[criterion]!.verdict
  ];
}

function intervalText({ low, high }: Interval, { bootstrap }: Evaluation): string {
  return `${formatSignificant((bootstrap?.level ?? 0) * 100, 2)} % interval ${number(low)} to ${number(high)}`;
}

function number(value: number | null): string {
  return value === null ? '–' : formatSignificant(value, 3);
}
