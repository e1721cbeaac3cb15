import type { Interval } from '../../../fairness/fairnessEvaluation';

/** Whether the first interval lies wholly on the better side of the second. Without both there is no telling. */
export function isClearlyBetter(own: Interval | null, other: Interval | null, direction: 'higher' | 'lower'): boolean {
  if (!own || !other) return false;
  return direction === 'higher' ? own.low > other.high : own.high < other.low;
}
