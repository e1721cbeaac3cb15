import { criterionNames } from '../../../fairness/paperTable';
import { importanceLabel } from '../../../importance/importances';
import { describeOrigin, originWords } from '../../../recipe/describeOrigin';
import type { RunHead } from '../../../recipe/runHead';
import { formatPercent } from '../../format/formatNumber';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Value } from '../results/Value';
import styles from './RunTable.module.css';
import { type RunTableRow, runTableRows } from './runTableRows';

const shortDate = { day: '2-digit', month: '2-digit', year: '2-digit', hour: '2-digit', minute: '2-digit' } as const;

/** All runs side by side. Opening one shows it in Results and Export. */
export function RunTable({ runs }: { runs: readonly RunHead[] }) {
  const shownId = useLab(({ record }) => record?.id ?? null);
  const rows = runTableRows(runs);
  const isFirstOfRun = ({ run, arm }: RunTableRow) => run.arms[0]?.arm === arm;
  const columns: Column<RunTableRow>[] = [
    {
      name: 'Run',
      cell: (row) =>
        isFirstOfRun(row) ? <RunName run={row.run} /> : <span className="visually-hidden">same run</span>,
    },
    { name: 'Arm', cell: ({ arm }) => importanceLabel(arm) },
    {
      name: 'Classes',
      isNumber: true,
      cell: ({ run }) => run.dataset.classNames.length,
      title: ({ run }) => run.dataset.classNames.join(', '),
    },
    {
      name: 'Attribute',
      cell: ({ run }) => run.dataset.sensitiveAttribute,
      title: ({ run }) => run.dataset.groupNames.join(' / '),
    },
    { name: 'pr_c', isNumber: true, cell: ({ run }) => formatPercent(run.config.pruning.ratio) },
    {
      name: 'Round',
      cell: ({ chosen, roundsDone, run }) => (
        <span>
          {roundsDone === 0 ? '–' : (chosen ?? 'none chosen')}
          <small>
            {roundsDone} of {run.config.pruning.rounds} done
          </small>
        </span>
      ),
    },
    { name: 'Avg F1 ↑', isNumber: true, cell: ({ f1Avg }) => <Value value={f1Avg} /> },
    {
      name: 'Eodd ↓',
      isNumber: true,
      cell: ({ eodd, eoddInterval }) => <Value value={eodd} interval={eoddInterval} />,
    },
    {
      name: 'FATE ↑',
      isNumber: true,
      title: ({ run }) => `of ${criterionNames[run.config.pruning.criterion]}`,
      cell: ({ fate, fateInterval }) => <Value value={fate} interval={fateInterval} />,
    },
  ];
  return (
    <div className={styles.scroll} role="region" aria-label="Runs" tabIndex={0}>
      <DataTable
        caption="FATE is of the criterion that the run was stopped by; small print: its interval. Numbers are comparable within one task only: the same classes, attribute and images. Where no round is chosen Avg F1 and Eodd are the unpruned model’s. – : did not run, or is no number, as where the unpruned model shows no gap beyond chance."
        columns={columns}
        rows={rows}
        rowKey={({ run, arm }) => `${run.id}/${arm}`}
        isMarked={({ run }) => run.id === shownId}
      />
    </div>
  );
}

function RunName({ run }: { run: RunHead }) {
  const { showRun, goTo } = useLabActions();
  const show = async () => {
    if (await showRun(run.id)) goTo('results');
  };
  const startedAt = new Date(run.createdAt);
  return (
    <div className={styles.run}>
      <Button
        aria-label={`Show the run of ${startedAt.toLocaleString('en-GB')} in Results`}
        onPress={() => void show()}
      >
        {startedAt.toLocaleString('en-GB', shortDate)}
      </Button>
      <small>{run.dataset.name}</small>
      {run.origin ? <small title={describeOrigin(run) ?? undefined}>{originWords(run)}</small> : null}
    </div>
  );
}
