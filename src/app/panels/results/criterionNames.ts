import type { FairnessCriterion } from '../../../fairness/paperTable';

/** What each criterion measures, for hover. */
export const criterionFormulas: Record<FairnessCriterion, string> = {
  eopp0: 'mean over classes of |TNR of group 0 − TNR of group 1|',
  eopp1: 'mean over classes of |TPR of group 0 − TPR of group 1|',
  eodd: 'mean over classes of |(TPR0 − TPR1) + (FPR0 − FPR1)| / 2; opposite signs cancel',
};
