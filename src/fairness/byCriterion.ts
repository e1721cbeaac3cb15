import type { FairnessCriterion } from './fairnessReport';

/** One entry for each fairness criterion. */
export function byCriterion<T>(make: (criterion: FairnessCriterion) => T): Record<FairnessCriterion, T> {
  return { eopp0: make('eopp0'), eopp1: make('eopp1'), eodd: make('eodd') };
}
