import { type ClassifiedSamples, countConfusion } from '../fairness/countConfusion';
import { evaluateGroups } from '../fairness/evaluateGroups';
import { twoGroupReport } from '../fairness/paperTable';
import type { TwoGroupReport } from '../fairness/paperTableSchema';

/** What the paper's table says of samples in two groups, without its uncertainty. */
export function reportOf(samples: ClassifiedSamples): TwoGroupReport {
  return twoGroupReport(evaluateGroups(countConfusion(samples), null));
}
