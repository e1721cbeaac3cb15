import { useState } from 'react';
import type { PublishedAudit } from '../../../../fairness/auditor/auditPublishedTable';
import type { CellCheck } from '../../../../fairness/auditor/cellCheck';
import { describeFindings } from '../../../../fairness/auditor/describeFindings';
import { paperTables } from '../../../../fairness/auditor/paperTables';
import { describeCounts } from '../../../../fairness/auditor/publishedAuditTable';
import { formatNumber } from '../../../format/formatNumber';
import { useLabActions } from '../../../store/LabProvider';
import { Button } from '../../../ui/Button';
import { type Column, DataTable } from '../../../ui/DataTable';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorView } from '../../../ui/ErrorView';
import { Toggles } from '../../../ui/Toggles';
import styles from './Auditor.module.css';
import { useTableAudit } from './useTableAudit';
import { VerdictMark } from './VerdictMark';

/** Published tables, recomputed cell by cell. */
export function TableAudit() {
  const { audit, error } = useTableAudit();
  const { changeSettings } = useLabActions();
  if (error) return <ErrorView error={error} />;
  if (audit) return <AuditResult audit={audit} />;
  return (
    <EmptyState
      title="No table to check."
      why="Paste a table from a paper into the box beside this, or load it. Every FATE is recomputed from its row and the baseline’s, and Avg, Diff and Eodd from the cells that they follow from: can the printed digits belong together?"
    >
      <Button look="main" onPress={() => changeSettings({ publishedTable: { text: paperTables, baseline: '' } })}>
        Check the paper’s own tables
      </Button>
    </EmptyState>
  );
}

type Shown = 'impossible' | 'inexact' | 'all';

function AuditResult({ audit }: { audit: PublishedAudit }) {
  const [shown, setShown] = useState<Shown>('impossible');
  const rows = audit.checks.filter((check) => isShown(check, shown));
  const findings = describeFindings(audit);
  return (
    <>
      <div className={styles.head}>
        <p className={styles.summary}>{describeCounts(audit)}</p>
        <Toggles<Shown>
          label="Cells to show"
          value={shown}
          options={[
            { value: 'impossible', label: 'Impossible' },
            { value: 'inexact', label: 'Not exact' },
            { value: 'all', label: 'All' },
          ]}
          onChange={setShown}
        />
      </div>
      {findings.length > 0 ? (
        <ul className={styles.findings}>
          {findings.map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
      ) : null}
      <div className={styles.scroll} role="region" aria-label="Checked cells" tabIndex={0}>
        <DataTable
          caption="Possible: what the cell can be, given the rounding of the cells that it follows from. Impossible means that the printed numbers do not belong together, not which of them is wrong."
          columns={columns(audit)}
          rows={rows}
          rowKey={({ table, method, column }) => `${table}|${method}|${column}`}
        />
        {rows.length === 0 ? <p>No such cell.</p> : null}
      </div>
    </>
  );
}

function isShown({ verdict, column }: CellCheck, shown: Shown): boolean {
  if (shown === 'all') return true;
  if (verdict === 'impossible' || verdict === 'open') return true;
  // An Eodd is only held against bounds: one that fits them is not inexact.
  return shown === 'inexact' && verdict === 'possible' && column !== 'Eodd';
}

function columns({ checks }: PublishedAudit): Column<CellCheck>[] {
  const hasTables = new Set(checks.map(({ table }) => table)).size > 1;
  return [
    {
      name: 'Method',
      cell: ({ method, table }) => (
        <>
          {method}
          {hasTables ? <small className={styles.table}>{table.replace(/ \(.*/, '')}</small> : null}
        </>
      ),
      title: ({ table }) => table,
    },
    { name: 'Cell', cell: ({ column }) => <span className={styles.whole}>{column}</span> },
    { name: 'Printed', isNumber: true, cell: ({ printed }) => printed.replace('-', '−') },
    {
      name: 'Possible',
      isNumber: true,
      cell: ({ low, high }) => (low === null ? 'any' : `${formatNumber(low)} to ${formatNumber(high ?? low)}`),
    },
    { name: 'Verdict', cell: ({ verdict }) => <VerdictMark verdict={verdict} /> },
    { name: 'Recomputed', cell: ({ why }) => <span className={styles.rule}>{why}</span> },
  ];
}
