import { useState } from 'react';
import type { SeedSummary } from '../../../../fairness/overSeeds/compareSeeds';
import { criterionNames } from '../../../../fairness/paperTable';
import { importanceLabel } from '../../../../importance/importances';
import type { ArmOverSeeds } from '../../../../recipe/armsOverSeeds';
import { formatFixed, formatFull, formatNumber } from '../../../format/formatNumber';
import { useLab } from '../../../store/LabProvider';
import { Choice } from '../../../ui/Choice';
import { type Column, DataTable } from '../../../ui/DataTable';
import { EmptyState } from '../../../ui/EmptyState';
import styles from '../RunTable.module.css';
import { type SeedGroup, seedGroups } from './seedGroups';

/** Mean ± SD after one round of runs that differ in their seed alone, and SNNL-Fair against each control, seed by seed. */
export function SeedTables() {
  const runs = useLab(({ inventory }) => inventory.runs);
  const [round, setRound] = useState<number | null>(null);
  const most = Math.max(1, ...runs.map(({ config }) => config.pruning.rounds));
  const groups = seedGroups(runs, round ?? most);
  if (groups.length === 0) {
    return (
      <EmptyState
        title="No runs that differ in their seed alone."
        why="One run shows what one seed gave. Start the same run again in step 4 with another seed, or a few: here they are put together as mean ± SD, and the arms are compared seed by seed."
      />
    );
  }
  return (
    <div className={styles.scroll} role="region" aria-label="Runs over seeds" tabIndex={0}>
      <Choice
        label="After round, the same in every run and arm"
        value={String(round ?? most)}
        options={Array.from({ length: most }, (_, index) => ({ value: String(index + 1), label: String(index + 1) }))}
        onChange={(value) => setRound(Number(value))}
      />
      {groups.map((group) => (
        <SeedTable key={group.run.id} group={group} />
      ))}
    </div>
  );
}

function SeedTable({ group }: { group: SeedGroup }) {
  const { run, seeds, arms, round } = group;
  const { criterion } = run.config.pruning;
  const gapName = criterionNames[criterion];
  const columns: Column<ArmOverSeeds>[] = [
    { name: 'Arm', cell: ({ arm }) => importanceLabel(arm) },
    {
      name: 'Seeds',
      isNumber: true,
      cell: ({ doneCount, rejectedCount }) =>
        `${doneCount}${rejectedCount > 0 ? `, ${rejectedCount} past the stop` : ''}`,
      title: () =>
        'Seeds that have done the round, and those whose stop rule had fired by then: they count as what they were',
    },
    { name: 'Avg F1 ↑', isNumber: true, cell: ({ summaries }) => <MeanSd summary={summaries.f1} /> },
    { name: `${gapName} ↓`, isNumber: true, cell: ({ summaries }) => <MeanSd summary={summaries[criterion]} /> },
    { name: 'FATE ↑', isNumber: true, cell: ({ summaries }) => <MeanSd summary={summaries.fate} /> },
    {
      name: `${gapName}, SNNL-Fair − arm`,
      isNumber: true,
      cell: ({ against }) => <MeanSd summary={against?.[criterion]?.difference ?? null} />,
    },
    {
      name: 'p (t)',
      isNumber: true,
      cell: ({ against }) => formatNumber(against?.[criterion]?.tTest?.pValue ?? null),
    },
    {
      name: 'p (ranks)',
      isNumber: true,
      cell: ({ against }) => formatNumber(against?.[criterion]?.signedRank?.pValue ?? null),
    },
  ];
  return (
    <DataTable
      caption={`${run.dataset.name}, ${run.layer}, pr_c ${formatNumber(run.config.pruning.ratio * 100)} %: mean ± SD over ${seeds.length} seeds (${seeds.map(inWords).join(', ')}) on one validation split, all after round ${round}, whether a run’s stop rule had fired or not. FATE is – where the unpruned model shows no gap beyond chance. p is two-sided, of a t test and of signed ranks, paired by seed; with ${seeds.length} seeds that of the signed ranks cannot fall below ${formatNumber(2 / 2 ** seeds.length)}.`}
      columns={columns}
      rows={arms}
      rowKey={({ arm }) => arm}
    />
  );
}

/** A seed, and in brackets that its run was not computed here. */
const inWords = ({ seed, origin }: SeedGroup['seeds'][number]) =>
  origin === '' ? String(seed) : `${seed} [${origin}]`;

function MeanSd({ summary }: { summary: SeedSummary | null }) {
  if (!summary) return '–';
  const { mean, sd } = summary;
  return (
    <span title={`${formatFull(mean)}${sd === null ? '' : ` ± ${formatFull(sd)}`}`}>
      {formatFixed(mean)}
      {sd === null ? '' : ` ± ${formatFixed(sd)}`}
    </span>
  );
}
