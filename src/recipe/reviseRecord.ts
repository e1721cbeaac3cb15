import { maskFate } from './maskFate';
import type { ArmContest, ArmRecord, Evaluation, RunRecord } from './runRecord';
import { chooseRound } from './stopRule';

/**
 * Takes back what earlier versions of the lab put into a record and this one would not: FATE against a baseline whose gap is
 * within its noise floor, a reported round that this version's rule would not choose, contests between different rounds.
 * A record of this version stays as it is. Lists show what heads tell: a new rule here needs a new version of `runHeadKind`.
 */
export function reviseRecord(record: RunRecord): RunRecord {
  const { criterion } = record.config.pruning;
  const baseline = record.baseline.evaluation;
  return {
    ...record,
    arms: record.arms.map((arm) => reviseArm(arm, baseline, criterion)),
    ...(record.contests && { contests: ofOneRound(record.contests) }),
    testLooks: record.testLooks.map((look) => ({
      ...look,
      arms: look.arms.map((seen) => ({ ...seen, evaluation: maskFate(seen.evaluation, look.baseline) })),
      ...(look.contests && { contests: ofOneRound(look.contests) }),
    })),
  };
}

function reviseArm(arm: ArmRecord, baseline: Evaluation, criterion: RunRecord['config']['pruning']['criterion']) {
  const rounds = arm.rounds.map((round) => ({ ...round, evaluation: maskFate(round.evaluation, baseline) }));
  return { ...arm, rounds, chosenRound: chooseRound(rounds, arm.stop, criterion) };
}

function ofOneRound(contests: ArmContest[]): ArmContest[] {
  return contests.filter(({ round, rivalRound }) => round === rivalRound);
}
