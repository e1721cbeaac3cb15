import type { RoundRecord, RunRecord } from '../../../recipe/runRecord';
import { type ArmName, armLabels } from '../../../recipe/runConfig';
import { formatCount, formatFixed, formatFull } from '../../format/formatNumber';
import { type Column, DataTable } from '../../ui/DataTable';
import { criterionNames } from '../results/criterionNames';

interface RoundRow {
  arm: ArmName;
  round: RoundRecord;
  isChosen: boolean;
}

/** One line per finished round, the latest first. */
export function RoundTable({ record }: { record: RunRecord }) {
  const { criterion } = record.config.pruning;
  const rows: RoundRow[] = record.arms
    .flatMap(({ arm, rounds, chosenRound }) =>
      rounds.map((round) => ({ arm, round, isChosen: round.round === chosenRound })),
    )
    .toReversed()
    .slice(0, 6);
  const columns: Column<RoundRow>[] = [
    {
      name: 'Finished rounds',
      cell: ({ arm, round, isChosen }) => `${armLabels[arm]}, round ${round.round}${isChosen ? ' · chosen' : ''}`,
    },
    { name: 'Channels left', isNumber: true, cell: ({ round }) => formatCount(round.channelsLeft) },
    { name: 'Parameters', isNumber: true, cell: ({ round }) => formatCount(round.parameters) },
    numberColumn('Avg F1', ({ round }) => round.evaluation.report.rows.f1.avg),
    numberColumn(criterionNames[criterion], ({ round }) => round.evaluation.report[criterion]),
    numberColumn('FATE', ({ round }) => round.evaluation.fate?.[criterion] ?? null),
  ];
  return (
    <DataTable
      caption="Finished rounds"
      isCaptionHidden
      columns={columns}
      rows={rows}
      rowKey={({ arm, round }) => `${arm}${round.round}`}
    />
  );
}

function numberColumn(name: string, read: (row: RoundRow) => number | null): Column<RoundRow> {
  return { name, isNumber: true, cell: (row) => formatFixed(read(row)), title: (row) => formatFull(read(row)) };
}
