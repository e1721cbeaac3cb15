import type { FairnessReport } from '../fairness/fairnessReport';
import type { RunConfig } from './runConfig';
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
  reports: { unpruned: FairnessReport; previous: FairnessReport; now: FairnessReport },
  pruning: RunConfig['pruning'],
): StopReason | null {
  const { unpruned, previous, now } = reports;
  const { criterion, maxAccuracyDrop, minFairnessGain, rounds } = pruning;
  if (unpruned.rows.f1.avg - now.rows.f1.avg > maxAccuracyDrop) return 'accuracy-drop';
  if (previous[criterion] - now[criterion] < minFairnessGain) return 'no-fairness-gain';
  return round >= rounds ? 'rounds-done' : null;
}

/**
 * The round an arm reports: the best validation FATE under the chosen criterion among the rounds that were not stopped.
 * The round at which a threshold was crossed is not among them, the last of n completed rounds is.
 *
 * @returns its number, or 0 when there is none: then the unpruned model stands. Of equals, the earlier.
 */
export function chooseRound(
  rounds: RoundRecord[],
  stop: ArmRecord['stop'],
  criterion: RunConfig['pruning']['criterion'],
): number {
  const lastAllowed =
    stop === null ? Number.POSITIVE_INFINITY : stop.reason === 'rounds-done' ? stop.round : stop.round - 1;
  let chosen = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (const { round, evaluation } of rounds) {
    const fate = evaluation.fate?.[criterion] ?? null;
    if (round <= lastAllowed && fate !== null && fate > best) {
      best = fate;
      chosen = round;
    }
  }
  return chosen;
}
