import { criterionNames } from '../../../fairness/paperTable';
import type { RunRecord } from '../../../recipe/runRecord';
import { ParetoChart } from '../../charts/audit/ParetoChart';
import { paretoRows } from '../../charts/audit/paretoRows';
import { formatCount } from '../../format/formatNumber';
import { useLab } from '../../store/LabProvider';
import { EmptyState } from '../../ui/EmptyState';

/** Every round of every run of one task, by Avg F1 and gap. */
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
  const comparable = runs.filter((run) => isSameTask(run, record));
  return (
    <ParetoChart
      title={`Avg F1 and ${name} of ${formatCount(comparable.length)} runs on ${record.dataset.name}`}
      sample={`n = ${formatCount(record.baseline.evaluation.report.n)} validation images`}
      gapName={name}
      points={paretoRows(comparable, criterion)}
    />
  );
}

/** Numbers of other images, classes or groups of people are not comparable. */
function isSameTask({ dataset: one }: RunRecord, { dataset: other }: RunRecord): boolean {
  const taskOf = ({ splitHashes, classNames, sensitiveAttribute, groupNames }: RunRecord['dataset']) =>
    JSON.stringify([splitHashes.validation, classNames, sensitiveAttribute, groupNames]);
  return taskOf(one) === taskOf(other);
}
