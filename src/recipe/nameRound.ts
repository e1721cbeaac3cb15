import type { ArmRecord } from './runRecord';
import { eligibleRounds } from './stopRule';

/**
 * What a round of an arm is called wherever it appears: `round 2 (chosen, best of 3)`, or `round 2` when the arm does not
 * report it. The best of several rounds looks better than it is, so that its being chosen is part of its name.
 */
export function nameRound(arm: Pick<ArmRecord, 'rounds' | 'stop' | 'chosenRound'>, round: number): string {
  return round === arm.chosenRound ? `round ${round} (${chosenWords(arm)})` : `round ${round}`;
}

/** How the round that an arm reports was found. */
export function chosenWords({ rounds, stop }: Pick<ArmRecord, 'rounds' | 'stop'>): string {
  const from = eligibleRounds(rounds, stop).length;
  return from > 1 ? `chosen, best of ${from}` : 'chosen';
}
