import type { TwoGroupReport } from '../fairness/paperTableSchema';
import type { RunConfig } from './runConfig';
import type { RoundHead } from './runHead';
import type { ArmRecord, RoundRecord, StopReason } from './runRecord';

/**
 * The paper's stop rule, looked up after a round (section 2.3). It fires when
 *
 * - `accuracy-drop`: ACC of the unpruned model − ACC now > th_acc;
 * - `no-fairness-gain`: FC of the previous round − FC now < th_fair (before round 1 the unpruned model is the previous);
 * - `rounds-done`: the last of the n rounds is over.
 *
 * ACC = Avg F1, as in FATE; FC = the chosen criterion. All of it on the validation split.
 *
 * @param round 1, 2, 3, …
 * @returns why to stop after this round, or null to go on
 */
export function stopReasonAfter(
  round: number,
  reports: { unpruned: TwoGroupReport; previous: TwoGroupReport; now: TwoGroupReport },
  pruning: RunConfig['pruning'],
): StopReason | null {
  const { unpruned, previous, now } = reports;
  const { criterion, maxAccuracyDrop, minFairnessGain, rounds } = pruning;
  if (unpruned.rows.f1.avg - now.rows.f1.avg > maxAccuracyDrop) return 'accuracy-drop';
  if (previous[criterion] - now[criterion] < minFairnessGain) return 'no-fairness-gain';
  return round >= rounds ? 'rounds-done' : null;
}

/**
 * The rounds that an arm may report: those that were not stopped and not cut short. The round at which a threshold was
 * crossed is not among them, the last of n completed rounds is; nor is one whose fine-tuning the user ended early, since no
 * other arm was trained like it.
 */
export function eligibleRounds<Round extends Pick<RoundHead, 'round' | 'fineTuning'>>(
  rounds: readonly Round[],
  stop: ArmRecord['stop'],
): Round[] {
  const lastAllowed =
    stop === null ? Number.POSITIVE_INFINITY : stop.reason === 'rounds-done' ? stop.round : stop.round - 1;
  return rounds.filter((round) => round.round <= lastAllowed && !isCutShort(round));
}

/** Whether an arm has done all its rounds, or was stopped. */
export function isOver({ rounds, stop }: ArmRecord, pruning: RunConfig['pruning']): boolean {
  return rounds.length >= pruning.rounds || (stop !== null && !pruning.continuePastStop);
}

/** Whether the user ended the round's fine-tuning early. */
export function isCutShort({ fineTuning }: Pick<RoundHead, 'fineTuning'>): boolean {
  return fineTuning?.endedBy === 'finish-now';
}

/**
 * The round an arm reports: the best validation FATE under the chosen criterion among the eligible rounds.
 *
 * @returns its number, or 0 when there is none: then the unpruned model stands. So it does when every FATE is below 0, or
 *   is no number because the unpruned model has no gap beyond chance. Of equals, the earlier.
 */
export function chooseRound(
  rounds: readonly RoundRecord[],
  stop: ArmRecord['stop'],
  criterion: RunConfig['pruning']['criterion'],
): number {
  let chosen = 0;
  let best = 0;
  for (const { round, evaluation } of eligibleRounds(rounds, stop)) {
    const fate = evaluation.fate?.[criterion] ?? null;
    if (fate === null || fate < best || (fate === best && chosen > 0)) continue;
    best = fate;
    chosen = round;
  }
  return chosen;
}
