import type { FairnessCriterion } from '../../../fairness/paperTable';
import { tableRows } from '../../../fairness/tableRows';
import { importanceLabel } from '../../../importance/importances';
import type { Evaluation } from '../../../recipe/runRecord';
import { formatCount } from '../../format/formatNumber';
import { CriteriaTable } from './CriteriaTable';
import { MetricsTable } from './MetricsTable';
import styles from './Results.module.css';
import type { ShownEvaluations } from './shownEvaluations';

interface ResultsTableProps {
  baseline: Evaluation;
  after: ShownEvaluations['after'];
  arm: string;
  groupNames: [string, string];
  proven: FairnessCriterion | null;
}

/** The paper's table of the unpruned model and of one round beside it. */
export function ResultsTable({ baseline, after, arm, groupNames, proven }: ResultsTableProps) {
  const before = tableRows(baseline, groupNames);
  const pruned = after ? tableRows(after.evaluation, groupNames) : null;
  const afterName = after ? `${importanceLabel(arm)}, ${after.name}` : 'No round';
  const { n, level } = before;
  const sample = `n = ${formatCount(n.total)} ${baseline.split} images: ${formatCount(n.group0)} ${groupNames[0]}, ${formatCount(n.group1)} ${groupNames[1]}`;
  return (
    <div className={styles.scroll} role="region" aria-label="Results table" tabIndex={0}>
      <MetricsTable caption={`By group · ${sample}`} before={before} after={pruned} afterName={afterName} />
      <br />
      <CriteriaTable
        caption={`Gaps between the groups (0 = none)${level === null ? '' : ` · small print: ${Math.round(level * 100)} % interval`} · chance: 95 % of group-blind shuffles lie below`}
        before={before}
        after={pruned}
        afterName={afterName}
        proven={proven}
      />
    </div>
  );
}
