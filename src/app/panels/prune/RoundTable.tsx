import { criterionNames } from '../../../fairness/paperTable';
import { importanceLabel } from '../../../importance/importances';
import { judgeRun } from '../../../recipe/judgeRun';
import { nameRound } from '../../../recipe/nameRound';
import type { ArmRecord, RoundRecord, RunRecord } from '../../../recipe/runRecord';
import { formatCount, formatFixed, formatFull } from '../../format/formatNumber';
import { type Column, DataTable } from '../../ui/DataTable';
import styles from './PlanView.module.css';

interface RoundRow {
  arm: ArmRecord;
  round: RoundRecord;
}

/** One line per arm: its latest round while the run goes on; once it is finished, the round that all arms are compared at. */
export function RoundTable({ record }: { record: RunRecord }) {
  const { criterion } = record.config.pruning;
  const compared = judgeRun(record, 'validation').round;
  const rows: RoundRow[] = record.arms.flatMap((arm) => {
    const round = record.status === 'finished' ? arm.rounds[compared - 1] : arm.rounds.at(-1);
    return round ? [{ arm, round }] : [];
  });
  const columns: Column<RoundRow>[] = [
    {
      name: 'Arm',
      cell: ({ arm, round }) => `${importanceLabel(arm.arm)}, ${nameRound(arm, round.round)}`,
    },
    { name: 'Channels left', isNumber: true, cell: ({ round }) => formatCount(round.channelsLeft) },
    { name: 'Parameters', isNumber: true, cell: ({ round }) => formatCount(round.parameters) },
    numberColumn('Avg F1', ({ round }) => round.evaluation.report.rows.f1.avg),
    numberColumn(criterionNames[criterion], ({ round }) => round.evaluation.report[criterion]),
    numberColumn('FATE', ({ round }) => round.evaluation.fate?.[criterion] ?? null),
  ];
  return (
    <div className={styles.rounds}>
      <DataTable
        caption="Where each arm stands"
        isCaptionHidden
        columns={columns}
        rows={rows}
        rowKey={({ arm, round }) => `${arm.arm}${round.round}`}
      />
    </div>
  );
}

function numberColumn(name: string, read: (row: RoundRow) => number | null): Column<RoundRow> {
  return { name, isNumber: true, cell: (row) => formatFixed(read(row)), title: (row) => formatFull(read(row)) };
}
