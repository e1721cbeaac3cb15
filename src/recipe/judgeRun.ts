import type { Interval } from '../fairness/fairnessEvaluation';
import type { FairnessCriterion } from '../fairness/paperTable';
import { prunesNothing, subjectImportance } from '../importance/importances';
import { contestRound, resultsAtRound } from './compareArms';
import { type GapStanding, gapStanding } from './maskFate';
import { nameRound } from './nameRound';
import type { ArmContest, ArmRecord, Evaluation, RunRecord } from './runRecord';

/** A split whose numbers can be judged: a run never looks at the training split's. */
export type JudgedSplit = 'validation' | 'test';

/** What a run comes to. All but `gain` are no positive finding, and say which of its conditions fails first. */
export type Headline =
  /** No round of SNNL-Fair is finished, or it was not part of the look. */
  | 'nothing-to-judge'
  /** The model gives every image the same class. */
  | 'one-class'
  /** Avg F1 fell by more than th_acc. */
  | 'accuracy-lost'
  /** The unpruned model's gap is within its noise floor. */
  | 'no-gap'
  /** No noise floor was computed: whether there was a gap is not known. */
  | 'no-floor'
  /** FATE is undefined: a gap or an Avg F1 of 0. */
  | 'undefined'
  /** No round does better than the unpruned model without crossing a threshold. */
  | 'no-round'
  | 'no-interval'
  /** FATE is below 0 beyond its interval. */
  | 'loss'
  /** The interval of FATE holds 0. */
  | 'may-be-chance'
  /** No control arm has done the same round. */
  | 'no-control'
  /** A control has not done the round, or was not compared on the same resamples. */
  | 'not-compared'
  /** A control did as well, or cannot be told apart. */
  | 'control-as-good'
  /** FATE is above 0, and SNNL-Fair did better than every control, both beyond their intervals. */
  | 'gain';

/** A control arm after the round that is judged. */
export interface ControlOutcome {
  arm: string;
  /** Null when it has not done that round in full. */
  evaluation: Evaluation | null;
  /** SNNL-Fair minus this arm on the same resamples; null when they were not compared. */
  contest: ArmContest | null;
  outcome: 'not-done' | 'not-compared' | 'as-good' | 'worse';
}

/** What a run comes to on one split, and the facts it rests on. */
export interface RunVerdict {
  split: JudgedSplit;
  criterion: FairnessCriterion;
  headline: Headline;
  /** True for a gain alone. */
  isPositive: boolean;
  /** The round of SNNL-Fair and its controls that is judged; 0 for none. */
  round: number;
  /** What that round is called: that it was chosen, and the best of how many it is, is part of the name. */
  roundName: string;
  /** Whether SNNL-Fair reports the round. */
  isChosen: boolean;
  /** How SNNL-Fair was stopped. */
  stop: ArmRecord['stop'];
  baseline: Evaluation;
  /** SNNL-Fair after the round; null when there is nothing to judge. */
  after: Evaluation | null;
  gap: GapStanding;
  /** Channels pruned up to the round. */
  prunedCount: number;
  /** Predictions that differ from those of the unpruned model, and of the arm that only fine-tunes: null if it has no such round. */
  changed: { fromUnpruned: number; beyondFineTuning: number | null; total: number };
  controls: ControlOutcome[];
}

/**
 * What a run comes to: the one place that decides it. A finding is positive only when the unpruned model has a gap beyond
 * chance, the round was chosen, accuracy holds, FATE is above 0 beyond its interval, and every control of the same round did
 * worse beyond a paired interval.
 */
export function judgeRun(record: RunRecord, split: JudgedSplit): RunVerdict {
  const { criterion } = record.config.pruning;
  const look = split === 'test' ? record.testLooks.at(-1) : undefined;
  const own = record.arms.find(({ arm }) => arm === subjectImportance.id);
  const round = look
    ? (look.arms.find(({ arm }) => arm === subjectImportance.id)?.round ?? 0)
    : contestRound(record.arms);
  const results = look ? look.arms : resultsAtRound(record.arms, split === 'test' ? 0 : round);
  const contests = (look ? look.contests : record.contests) ?? [];
  const baseline = look?.baseline ?? record.baseline.evaluation;
  const after = results.find(({ arm }) => arm === subjectImportance.id)?.evaluation ?? null;
  const fineTuned = results.find((result) => prunesNothing(result.arm) && result.round === round);
  const others = record.arms.filter(({ arm }) => arm !== subjectImportance.id);
  const facts: Omit<RunVerdict, 'headline' | 'isPositive'> = {
    split,
    criterion,
    round: after ? round : 0,
    isChosen: after !== null && own?.chosenRound === round,
    roundName: own ? nameRound(own, round) : '',
    stop: own?.stop ?? null,
    baseline,
    after,
    gap: gapStanding(baseline, criterion),
    prunedCount: (own?.rounds.slice(0, round) ?? []).reduce(
      (sum, { prunedOriginal }) => sum + prunedOriginal.length,
      0,
    ),
    changed: {
      fromUnpruned: after ? countDifferent(after, baseline) : 0,
      beyondFineTuning: after && fineTuned ? countDifferent(after, fineTuned.evaluation) : null,
      total: baseline.predicted.length,
    },
    controls: others.map(({ arm }) => {
      const result = results.find((candidate) => candidate.arm === arm && candidate.round === round);
      const contest = contests.find(
        ({ rival, ...at }) => rival === arm && at.round === round && at.rivalRound === round,
      );
      return judgeControl(arm, { result: result?.evaluation ?? null, own: after, contest: contest ?? null, criterion });
    }),
  };
  const headline = headlineOf(facts, record.config.pruning.maxAccuracyDrop);
  return { ...facts, headline, isPositive: headline === 'gain' };
}

function headlineOf(facts: Omit<RunVerdict, 'headline' | 'isPositive'>, maxAccuracyDrop: number): Headline {
  const { after, baseline, criterion, gap, isChosen, controls } = facts;
  if (!after) return 'nothing-to-judge';
  if (new Set(after.predicted).size === 1) return 'one-class';
  if (baseline.report.rows.f1.avg - after.report.rows.f1.avg > maxAccuracyDrop) return 'accuracy-lost';
  if (gap !== 'beyond-chance') return gap === 'unknown' ? 'no-floor' : 'no-gap';
  const fate = after.fate?.[criterion] ?? null;
  if (fate === null) return 'undefined';
  if (!isChosen) return 'no-round';
  const interval = fateInterval(after, criterion);
  if (!interval) return 'no-interval';
  if (interval.high < 0) return 'loss';
  if (interval.low <= 0) return 'may-be-chance';
  if (controls.every(({ outcome }) => outcome === 'not-done')) return 'no-control';
  if (controls.some(({ outcome }) => outcome === 'as-good')) return 'control-as-good';
  return controls.every(({ outcome }) => outcome === 'worse') ? 'gain' : 'not-compared';
}

interface ControlFacts {
  result: Evaluation | null;
  own: Evaluation | null;
  contest: ArmContest | null;
  criterion: FairnessCriterion;
}

function judgeControl(arm: string, { result, own, contest, criterion }: ControlFacts): ControlOutcome {
  const found = { arm, evaluation: result, contest };
  if (!result || !own) return { ...found, outcome: 'not-done' };
  const difference = contest?.difference[criterion];
  if (difference?.interval) return { ...found, outcome: difference.interval.low > 0 ? 'worse' : 'as-good' };
  const [fate, ownFate] = [result, own].map((evaluation) => evaluation.fate?.[criterion] ?? null);
  const isAsGood = fate != null && ownFate != null && fate >= ownFate;
  return { ...found, outcome: isAsGood ? 'as-good' : 'not-compared' };
}

/** The interval of an evaluation's FATE; null where it has none. */
export function fateInterval({ bootstrap }: Evaluation, criterion: FairnessCriterion): Interval | null {
  return bootstrap?.fate?.[criterion] ?? null;
}

function countDifferent(one: Evaluation, other: Evaluation): number {
  return one.predicted.filter((predicted, index) => predicted !== other.predicted[index]).length;
}
