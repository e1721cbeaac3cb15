import { ParetoChart } from '../../charts/audit/ParetoChart';
import { paretoRows } from '../../charts/audit/paretoRows';
import { formatCount } from '../../format/formatNumber';
import { useLab } from '../../store/LabProvider';
import { EmptyState } from '../../ui/EmptyState';
import { criterionNames } from '../results/criterionNames';

/** Every round of every run on the same validation split, by Avg F1 and gap. */
export function RunTradeOff() {
  const runs = useLab(({ inventory }) => inventory.runs);
  const record = useLab((state) => state.record) ?? runs.at(-1);
  if (!record) {
    return (
      <EmptyState
        title="No runs to compare."
        why="Here every round of every run stands by its accuracy and its gap. Start a run in step 4, or load a run record that someone else exported."
      />
    );
  }
  const { criterion } = record.config.pruning;
  const name = criterionNames[criterion];
  // Numbers of different images are not comparable.
  const comparable = runs.filter(
    ({ dataset }) => dataset.splitHashes.validation === record.dataset.splitHashes.validation,
  );
  return (
    <ParetoChart
      title={`Avg F1 and ${name} of ${formatCount(comparable.length)} runs on ${record.dataset.name}`}
      sample={`n = ${formatCount(record.baseline.evaluation.report.n)} validation images`}
      gapName={name}
      points={paretoRows(comparable, criterion)}
    />
  );
}
