import { criterionNames } from '../../../fairness/paperTable';
import type { RunHead } from '../../../recipe/runHead';
import { ParetoChart } from '../../charts/audit/ParetoChart';
import { paretoRows } from '../../charts/audit/paretoRows';
import { FigureOrigin } from '../../charts/FigureOrigin';
import { formatCount } from '../../format/formatNumber';
import { useLab } from '../../store/LabProvider';
import { EmptyState } from '../../ui/EmptyState';

/** Every round of every run of one task, by Avg F1 and gap. */
export function RunTradeOff() {
  const runs = useLab(({ inventory }) => inventory.runs);
  const shown: RunHead | undefined = useLab((state) => state.record) ?? runs.at(-1);
  if (!shown) {
    return (
      <EmptyState
        title="No runs to compare."
        why="Here every round of every run stands by its accuracy and its gap. Start a run in step 4, or load a run record that someone else exported."
      />
    );
  }
  const { criterion } = shown.config.pruning;
  const name = criterionNames[criterion];
  const comparable = runs.filter((run) => isSameTask(run, shown));
  return (
    <FigureOrigin runs={comparable}>
      <ParetoChart
        title={`Avg F1 and ${name} of ${formatCount(comparable.length)} runs on ${shown.dataset.name}`}
        sample={`n = ${formatCount(shown.baseline.evaluation.report.n)} validation images`}
        gapName={name}
        points={paretoRows(comparable, criterion)}
      />
    </FigureOrigin>
  );
}

/** Numbers of other images, classes or groups of people are not comparable. */
function isSameTask({ dataset: one }: RunHead, { dataset: other }: RunHead): boolean {
  const taskOf = ({ splitHashes, classNames, sensitiveAttribute, groupNames }: RunHead['dataset']) =>
    JSON.stringify([splitHashes.validation, classNames, sensitiveAttribute, groupNames]);
  return taskOf(one) === taskOf(other);
}
