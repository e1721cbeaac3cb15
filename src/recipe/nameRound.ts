import type { ArmHead, RoundHead } from './runHead';
import { eligibleRounds } from './stopRule';

/** What an arm says of its rounds. */
type ArmRounds = Pick<ArmHead, 'stop'> & { rounds: readonly Pick<RoundHead, 'round' | 'fineTuning'>[] };

/**
 * What a round of an arm is called wherever it appears: `round 2 (chosen, best of 3)`, or `round 2` when the arm does not
 * report it. The best of several rounds looks better than it is, so that its being chosen is part of its name.
 */
export function nameRound(arm: ArmRounds & Pick<ArmHead, 'chosenRound'>, round: number): string {
  return round === arm.chosenRound ? `round ${round} (${chosenWords(arm)})` : `round ${round}`;
}

/** How the round that an arm reports was found. */
export function chosenWords({ rounds, stop }: ArmRounds): string {
  const from = eligibleRounds(rounds, stop).length;
  return from > 1 ? `chosen, best of ${from}` : 'chosen';
}
