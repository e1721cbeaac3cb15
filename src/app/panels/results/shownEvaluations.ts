import type { JudgedSplit } from '../../../recipe/judgeRun';
import { nameRound } from '../../../recipe/nameRound';
import type { ArmRecord, Evaluation, RunRecord } from '../../../recipe/runRecord';

/** What Results compares: the unpruned model and one round of one arm, on one split. */
export interface ShownEvaluations {
  baseline: Evaluation;
  /** Null when the arm has no round to show on this split. */
  after: { round: number; name: string; evaluation: Evaluation } | null;
}

/**
 * Finds the evaluations to show. On validation any finished round can be shown (`round` null = the chosen one, or the
 * last when none was chosen); on test only what the last look saw.
 */
export function shownEvaluations(
  record: RunRecord,
  arm: string,
  split: JudgedSplit,
  round: number | null,
): ShownEvaluations {
  if (split === 'test') return lastLook(record, arm);
  const armRecord = findArm(record, arm);
  const shown = armRecord && (findRound(armRecord, round ?? armRecord.chosenRound) ?? armRecord.rounds.at(-1));
  return {
    baseline: record.baseline.evaluation,
    after: shown ? { round: shown.round, name: nameRound(armRecord, shown.round), evaluation: shown.evaluation } : null,
  };
}

export function findArm(record: RunRecord, arm: string): ArmRecord | undefined {
  return record.arms.find((candidate) => candidate.arm === arm);
}

export function findRound<Round extends { round: number }>(
  arm: { rounds: readonly Round[] },
  round: number,
): Round | undefined {
  return arm.rounds.find((candidate) => candidate.round === round);
}

function lastLook(record: RunRecord, arm: string): ShownEvaluations {
  const look = record.testLooks.at(-1);
  if (!look) return { baseline: record.baseline.evaluation, after: null };
  const armRecord = findArm(record, arm);
  const seen = look.arms.find((candidate) => candidate.arm === arm);
  return {
    baseline: look.baseline,
    after:
      seen && armRecord
        ? { round: seen.round, name: nameRound(armRecord, seen.round), evaluation: seen.evaluation }
        : null,
  };
}
