import type { SeedSummary } from '../../fairness/overSeeds/compareSeeds';
import { criterionNames } from '../../fairness/paperTable';
import { writeCsvOf } from '../../foundation/escape/writeCsv';
import { importanceLabel } from '../../importance/importances';
import { type ArmOverSeeds, type SeedStatistic, seedStatistics } from '../../recipe/armsOverSeeds';
import { formatColumns } from '../output';
import type { SeedRunsSummary } from './summariseSeedRuns';

const statisticNames: Record<SeedStatistic, string> = { f1: 'Avg F1', ...criterionNames, fate: 'FATE' };

/** The summary for reading: mean ± sample standard deviation of each arm, and the differences to the controls. */
export function seedTablesText(summary: SeedRunsSummary): string {
  const { seeds, reported, last } = summary;
  const nameOf = (round: number) => (round === 0 ? 'none, its last' : `round ${round}`);
  const chosen = seeds.map((seed, index) => `seed ${seed}: ${nameOf(reported.rounds[index]!)}`).join('; ');
  return [
    `Mean ± SD over ${seeds.length} seeds on the validation split, after the round that SNNL-Fair reports (${chosen}).`,
    ...(last.round > 1 ? ['A reported round is the best of several and looks better than it is.'] : []),
    tables(summary, reported.arms),
    `After round ${last.round}, fixed beforehand, whether a run's stop rule had fired or not.`,
    tables(summary, last.arms),
  ].join('\n\n');
}

function tables({ criterion, unpruned }: SeedRunsSummary, arms: readonly ArmOverSeeds[]): string {
  const header = seedStatistics.map((statistic) =>
    statistic === 'fate' ? `FATE ${criterionNames[criterion]}` : statisticNames[statistic],
  );
  const cells = (values: Record<SeedStatistic, SeedSummary | null>) =>
    seedStatistics.map((statistic) => meanAndSd(values[statistic]));
  const outcomes = formatColumns(
    ['', 'seeds', 'past the stop', ...header],
    [
      ['Unpruned model', '', '', ...cells(unpruned)],
      ...arms.map(({ arm, doneCount, rejectedCount, summaries }) => [
        importanceLabel(arm),
        String(doneCount),
        String(rejectedCount),
        ...cells(summaries),
      ]),
    ],
  );
  const rivals = arms.flatMap(({ arm, against }) => (against ? [{ arm, against }] : []));
  if (rivals.length === 0) return outcomes;
  const differences = formatColumns(
    ['SNNL-Fair minus', 'seeds', ...header],
    rivals.map(({ arm, against }) => [
      importanceLabel(arm),
      String(against.f1?.difference.n ?? 0),
      ...seedStatistics.map((statistic) => meanAndSd(against[statistic]?.difference ?? null)),
    ]),
  );
  return `${outcomes}\n\n${differences}`;
}

const columns = [
  'round',
  'arm',
  'statistic',
  'seeds',
  'mean',
  'sd',
  'snnl_minus_arm_seeds',
  'snnl_minus_arm_mean',
  'snnl_minus_arm_sd',
  'p_t',
  'p_signed_ranks',
] as const;

/** The summary for computing: a line for each round, arm and statistic, in full precision. */
export function seedTablesCsv({ unpruned, reported, last }: SeedRunsSummary): string {
  const none = { arm: 'unpruned', against: null } as const;
  const parts = [
    { after: '0', arms: [{ ...none, summaries: unpruned }] },
    { after: 'reported', arms: reported.arms },
    { after: String(last.round), arms: last.arms },
  ];
  const rows = parts.flatMap(({ after, arms }) =>
    arms.flatMap(({ arm, summaries, against }) =>
      seedStatistics.map((statistic) => {
        const summary = summaries[statistic];
        const comparison = against?.[statistic];
        return {
          round: after,
          arm,
          statistic,
          seeds: summary?.n ?? '',
          mean: summary?.mean ?? '',
          sd: summary?.sd ?? '',
          snnl_minus_arm_seeds: comparison?.difference.n ?? '',
          snnl_minus_arm_mean: comparison?.difference.mean ?? '',
          snnl_minus_arm_sd: comparison?.difference.sd ?? '',
          p_t: comparison?.tTest?.pValue ?? '',
          p_signed_ranks: comparison?.signedRank?.pValue ?? '',
        };
      }),
    ),
  );
  return writeCsvOf(columns, rows);
}

function meanAndSd(summary: SeedSummary | null): string {
  if (!summary) return '–';
  const number = (value: number) => value.toFixed(4).replace('-', '−');
  return summary.sd === null ? number(summary.mean) : `${number(summary.mean)} ± ${number(summary.sd)}`;
}
