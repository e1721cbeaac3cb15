import type { FairnessTable, MetricRow } from '../../../fairness/tableRows';
import { isClearlyBetter } from './better';
import styles from './Results.module.css';
import { Value } from './Value';

interface TableProps {
  caption: string;
  before: FairnessTable;
  after: FairnessTable | null;
  afterName: string;
}

/** Precision, recall and F1 of each group, their mean and their difference, before and after. */
export function MetricsTable({ caption, before, after, afterName }: TableProps) {
  const { groupNames } = before;
  const names = (className?: string) => (
    <>
      <th scope="col" className={`${className ?? ''} ${styles.group0}`}>
        {groupNames[0]}
      </th>
      <th scope="col" className={`${className ?? ''} ${styles.group1}`}>
        {groupNames[1]}
      </th>
      <th scope="col" className={className}>
        Avg ↑
      </th>
      <th scope="col" className={className}>
        Diff ↓
      </th>
    </>
  );
  return (
    <table className={styles.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="colgroup" colSpan={4}>
            Unpruned
          </th>
          <th scope="colgroup" colSpan={4} className={styles.after}>
            {afterName}
          </th>
        </tr>
        <tr>
          <th scope="col">Macro mean</th>
          {names()}
          {names(styles.after)}
        </tr>
      </thead>
      <tbody>
        {before.metrics.map((row, index) => {
          const pruned = after?.metrics[index] ?? null;
          return (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <MetricCells row={row} other={pruned} />
              {pruned ? <MetricCells row={pruned} other={row} className={styles.after} /> : <td colSpan={4} />}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function MetricCells({ row, other, className }: { row: MetricRow; other: MetricRow | null; className?: string }) {
  return (
    <>
      <td className={className}>
        <Value value={row.group0} />
      </td>
      <td className={className}>
        <Value value={row.group1} />
      </td>
      <td className={className}>
        <Value
          value={row.avg}
          interval={row.avgInterval}
          isBetter={isClearlyBetter(row.avgInterval, other?.avgInterval ?? null, 'higher')}
        />
      </td>
      <td className={className}>
        <Value
          value={row.diff}
          interval={row.diffInterval}
          isBetter={isClearlyBetter(row.diffInterval, other?.diffInterval ?? null, 'lower')}
        />
      </td>
    </>
  );
}
