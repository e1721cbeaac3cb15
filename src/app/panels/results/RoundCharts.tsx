import { criterionNames } from '../../../fairness/paperTable';
import { importanceLabel } from '../../../importance/importances';
import { gapStanding } from '../../../recipe/maskFate';
import type { RunRecord } from '../../../recipe/runRecord';
import { RunChart } from '../../charts/RunChart';
import { constantReference, criterionSeries, fateBand, fateSeries, noiseBand } from '../../charts/runRows';
import { formatCount } from '../../format/formatNumber';
import { Note } from '../../ui/Note';
import styles from './Results.module.css';
import { findArm } from './shownEvaluations';

/** FATE per round, and beside it the criterion itself with the band of chance; this alone where FATE is no number. */
export function RoundCharts({ record, arm }: { record: RunRecord; arm: string }) {
  const { criterion, rounds } = record.config.pruning;
  const name = criterionNames[criterion];
  const baseline = record.baseline.evaluation;
  const isNoNumber = gapStanding(baseline, criterion) === 'within-chance';
  const n = formatCount(baseline.report.n);
  const gap = (
    <RunChart
      title={`${name} per round`}
      sample={isNoNumber ? `n = ${n} validation images` : `n = ${n}`}
      caption={`The grey band is what a predictor that knows nothing of the group shows by chance (${importanceLabel(arm)}); a gap inside it is no finding.`}
      yName={`${name} (no unit; 0 = no gap)`}
      series={criterionSeries(record, criterion)}
      plannedRounds={rounds}
      baseline={baseline.report[criterion]}
      band={noiseBand(record, findArm(record, arm), criterion)}
      isCompact={!isNoNumber}
    />
  );
  if (isNoNumber) {
    return (
      <div className={styles.alone}>
        <Note>{noFateWords(name)}</Note>
        {gap}
      </div>
    );
  }
  return (
    <div className={styles.pair}>
      <RunChart
        title={`FATE of ${name} per round`}
        sample={`n = ${n} validation images`}
        caption="Above 0: better than the unpruned model in accuracy and gap taken together. Bars are intervals over resamples; the ringed round was chosen as the best; at the dashed line the stop rule fires. In the grey band the gap that is left cannot be told from chance. Dotted: what a classifier of no use shows."
        yName={`FATE of ${name} (no unit; higher = better)`}
        series={fateSeries(record, criterion)}
        plannedRounds={rounds}
        baseline={0}
        band={fateBand(record, findArm(record, arm), criterion)}
        bandName="gap within chance"
        reference={constantReference(record, criterion)}
      />
      {gap}
    </div>
  );
}

/** Why there is no figure of FATE. */
export function noFateWords(criterionName: string): string {
  return `The unpruned model shows no gap in ${criterionName} beyond chance: FATE, which divides by it, is no number here.`;
}
