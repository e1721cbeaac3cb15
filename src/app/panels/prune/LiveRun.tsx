import { criterionNames } from '../../../fairness/paperTable';
import { gapStanding } from '../../../recipe/maskFate';
import type { RunRecord } from '../../../recipe/runRecord';
import { RunChart } from '../../charts/RunChart';
import { constantReference, criterionSeries, fateSeries } from '../../charts/runRows';
import { formatCount } from '../../format/formatNumber';
import { useLab } from '../../store/LabProvider';
import { EmptyState } from '../../ui/EmptyState';
import { Note } from '../../ui/Note';
import { noFateWords } from '../results/RoundCharts';
import styles from './PlanView.module.css';
import { RoundBranches } from './RoundBranches';
import { RoundTable } from './RoundTable';
import { RoundWarnings } from './RoundWarnings';

/** FATE per round of the run under way, as far as it has come. */
export function LiveRun({ record, isRunning }: { record: RunRecord | null; isRunning: boolean }) {
  const isThisRun = useLab(
    ({ stages, record: shown }) => shown !== null && (stages.prune.status !== 'running' || shown.status === 'running'),
  );
  if (!record || !isThisRun) {
    return (
      <EmptyState
        title="The run has started."
        why="The unpruned model is scored and measured first; then each round appears here as a point with its interval. You can leave this step: the bar below stays."
      />
    );
  }
  const { criterion, rounds } = record.config.pruning;
  const name = criterionNames[criterion];
  const isNoNumber = gapStanding(record.baseline.evaluation, criterion) === 'within-chance';
  return (
    <div className={styles.run}>
      {isNoNumber ? <Note>{noFateWords(name)}</Note> : null}
      <RunChart
        title={`${isNoNumber ? name : `FATE of ${name}`} ${isRunning ? 'so far' : 'per round'}`}
        sample={`n = ${formatCount(record.baseline.evaluation.report.n)} validation images`}
        plannedRounds={rounds}
        {...(isNoNumber ? gapFigure(record) : fateFigure(record))}
      />
      <RoundWarnings record={record} />
      <RoundTable record={record} />
      {isRunning ? null : <RoundBranches record={record} />}
    </div>
  );
}

function fateFigure(record: RunRecord) {
  const { criterion } = record.config.pruning;
  return {
    caption:
      'Above 0: better than the unpruned model in accuracy and gap taken together. A bar is the interval over resamples; where it crosses 0, the round may be chance. Dotted: what a classifier of no use shows.',
    yName: `FATE of ${criterionNames[criterion]} (no unit; higher = better)`,
    series: fateSeries(record, criterion),
    baseline: 0,
    reference: constantReference(record, criterion),
  };
}

function gapFigure(record: RunRecord) {
  const { criterion } = record.config.pruning;
  return {
    caption: 'The gap between the groups after each round. A bar is the interval over resamples.',
    yName: `${criterionNames[criterion]} (no unit; 0 = no gap)`,
    series: criterionSeries(record, criterion),
    baseline: record.baseline.evaluation.report[criterion],
  };
}
