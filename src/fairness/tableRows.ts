import type { Interval } from './fairnessEvaluation';
import { criterionNames, type FairnessCriterion } from './paperTable';
import type { PaperTable, TableRow } from './paperTableSchema';

/** The paper's table for one model, ready to be shown: the page, the command line and the exports all start from it. */
export interface FairnessTable {
  groupNames: [string, string];
  /** Samples of group 0, of group 1, and of both. */
  n: { group0: number; group1: number; total: number };
  /** Confidence level of the intervals, or null when there are none. */
  level: number | null;
  metrics: MetricRow[];
  criteria: CriterionRow[];
  /** False for a baseline, which has no FATE. */
  hasFate: boolean;
  hasFateIntervals: boolean;
  hasNoiseFloor: boolean;
}

export interface MetricRow extends TableRow {
  name: string;
  /** Null for the rows that get no interval. */
  avgInterval: Interval | null;
  diffInterval: Interval | null;
}

export interface CriterionRow {
  criterion: FairnessCriterion;
  name: string;
  value: number;
  interval: Interval | null;
  /** 95th percentile of what chance alone shows. */
  noiseFloorQ95: number | null;
  aboveFloor: boolean | null;
  /** Null where it is undefined, and for a baseline. */
  fate: number | null;
  fateInterval: Interval | null;
}

/** Lays out the paper's table: precision, recall and F1 by group, then each criterion with its FATE. */
export function tableRows(
  { report, fate, bootstrap, noiseFloor }: PaperTable,
  groupNames: [string, string],
): FairnessTable {
  const plain = { avgInterval: null, diffInterval: null };
  const f1Intervals = bootstrap && {
    avgInterval: bootstrap.intervals.f1Avg,
    diffInterval: bootstrap.intervals.f1Diff,
  };
  const criterionRow = (criterion: FairnessCriterion): CriterionRow => ({
    criterion,
    name: criterionNames[criterion],
    value: report[criterion],
    interval: bootstrap?.intervals[criterion] ?? null,
    noiseFloorQ95: noiseFloor?.byCriterion[criterion].q95 ?? null,
    aboveFloor: noiseFloor?.byCriterion[criterion].aboveFloor ?? null,
    fate: fate?.[criterion] ?? null,
    fateInterval: bootstrap?.fate?.[criterion] ?? null,
  });
  return {
    groupNames,
    n: { group0: report.groups[0].n, group1: report.groups[1].n, total: report.n },
    level: bootstrap?.level ?? null,
    metrics: [
      { name: 'Precision', ...report.rows.precision, ...plain },
      { name: 'Recall', ...report.rows.recall, ...plain },
      { name: 'F1', ...report.rows.f1, ...plain, ...f1Intervals },
    ],
    criteria: [criterionRow('eopp0'), criterionRow('eopp1'), criterionRow('eodd')],
    hasFate: fate !== null,
    hasFateIntervals: fate !== null && bootstrap !== null && bootstrap.fate !== null,
    hasNoiseFloor: noiseFloor !== null,
  };
}
