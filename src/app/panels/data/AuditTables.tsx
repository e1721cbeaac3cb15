import type { ReactNode } from 'react';
import type { AuditedPredictions } from '../../../engine/protocol/jobMap';
import type { Interval } from '../../../fairness/fairnessReport';
import { type CriterionRow, type MetricRow, tableRows } from '../../../fairness/tableRows';
import { formatCount } from '../../format/formatNumber';
import { type Column, DataTable } from '../../ui/DataTable';
import { Note } from '../../ui/Note';
import styles from './mapping/MappingWizard.module.css';

/** The paper's table of predictions, with intervals and what chance alone shows. */
export function AuditTables({ audit, groupNames, excluded }: AuditedPredictions) {
  const { report, bootstrap, noiseFloor } = audit;
  const { n, level, metrics, criteria } = tableRows(report, { fate: null, bootstrap, noiseFloor, groupNames });
  const sample = `n = ${formatCount(n.total)}: ${formatCount(n.group0)} ${groupNames[0]}, ${formatCount(n.group1)} ${groupNames[1]}`;
  const left = Object.entries(excluded).filter(([, count]) => count > 0);
  const metricColumns: Column<MetricRow>[] = [
    { name: 'Macro mean', cell: ({ name }) => name },
    { name: groupNames[0], isNumber: true, cell: ({ group0 }) => show(group0) },
    { name: groupNames[1], isNumber: true, cell: ({ group1 }) => show(group1) },
    { name: 'Avg', isNumber: true, cell: ({ avg, avgInterval }) => withRange(avg, avgInterval) },
    { name: 'Diff', isNumber: true, cell: ({ diff, diffInterval }) => withRange(diff, diffInterval) },
  ];
  const criterionColumns: Column<CriterionRow>[] = [
    { name: 'Gap', cell: ({ name }) => name },
    { name: 'Value', isNumber: true, cell: ({ value, interval }) => withRange(value, interval) },
    {
      name: 'Chance shows',
      isNumber: true,
      cell: ({ noiseFloorQ95 }) => (noiseFloorQ95 === null ? '–' : `≤ ${show(noiseFloorQ95)}`),
    },
    { name: 'Above chance', cell: ({ aboveFloor }) => (aboveFloor === null ? '–' : aboveFloor ? 'yes' : 'no') },
  ];
  return (
    <section className={styles.audit} aria-label="Audit of the predictions" tabIndex={0}>
      <DataTable caption={`By group · ${sample}`} columns={metricColumns} rows={metrics} rowKey={({ name }) => name} />
      <br />
      <DataTable
        caption={`Gaps between the groups (0 = none)${level === null ? '' : `, ${Math.round(level * 100)} % intervals`}; chance: 95 % of group-blind shuffles lie below`}
        columns={criterionColumns}
        rows={criteria}
        rowKey={({ criterion }) => criterion}
      />
      {left.length > 0 ? (
        <Note>Rows left out: {left.map(([reason, count]) => `${formatCount(count)} ${reason}`).join(', ')}.</Note>
      ) : null}
    </section>
  );
}

function show(value: number): string {
  return value.toFixed(3);
}

function withRange(value: number, interval: Interval | null): ReactNode {
  return (
    <>
      {show(value)}
      {interval ? (
        <small>
          {' '}
          [{show(interval.low)}, {show(interval.high)}]
        </small>
      ) : null}
    </>
  );
}
