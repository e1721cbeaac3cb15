import type { FairnessEvaluation } from '../../../fairness/fairnessEvaluation';
import { formatCount } from '../../format/formatNumber';

/** What the bars of a figure are. */
export function intervalCaption({ settings, unit }: FairnessEvaluation): string {
  if (settings.replicates === 0) return 'No resamples were drawn, so there are no intervals.';
  const what = unit === 'cluster' ? 'patients or lesions' : 'samples within group and class';
  return `Bars are ${Number((100 * settings.level).toPrecision(6))} % intervals from ${formatCount(settings.replicates)} resamples of ${what}; dotted ones are not to be relied on, since resampling shifts the number.`;
}
