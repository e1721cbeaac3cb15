import type { FairnessEvaluation } from '../../../fairness/fairnessEvaluation';
import type { GapName } from '../../../fairness/gapDefinitions';
import type { MetricName } from '../../../fairness/metricDefinitions';
import { ForestChart } from '../../charts/audit/ForestChart';
import { modelLooks } from '../../charts/audit/forestLooks';
import { gapForestRows } from '../../charts/audit/forestRows';
import { intervalCaption } from './intervalCaption';

/** The gaps of one scale. FairPrune's sums are K times as large as the means: they are in the tables. */
const shownGaps: readonly (GapName | MetricName)[] = [
  'eopp0',
  'eopp1',
  'eodd',
  'eopp0Shared',
  'eopp1Shared',
  'eoddShared',
  'eoddSeparate',
  'eoddFairAdaBn',
  'demographicParity',
  'accuracy',
  'f1',
  'auc',
  'ece',
];

interface GapForestProps {
  analysis: FairnessEvaluation;
  names: { before: string; after: string };
  sample: string;
}

/** Every definition of a gap on one axis, with its interval and what chance alone shows. */
export function GapForest({ analysis, names, sample }: GapForestProps) {
  const rows = gapForestRows(analysis, shownGaps).filter(({ after }) => after.value !== null);
  const pairs = analysis.groupNames.length > 2 ? 'Of several groups the two furthest apart count. ' : '';
  return (
    <ForestChart
      title="Gaps between the groups"
      sample={sample}
      caption={`${pairs}A gap inside the grey band cannot be told from chance: a predictor that knows nothing of the group shows as much. ${intervalCaption(analysis)}`}
      xName="Gap (no unit; 0 = none)"
      rows={rows}
      looks={modelLooks(names)}
    />
  );
}
