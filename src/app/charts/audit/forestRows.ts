import {
  type Estimate,
  type FairnessEvaluation,
  isDoubtful,
  type ModelEvaluation,
} from '../../../fairness/fairnessEvaluation';
import { type GapName, gapDefinitions } from '../../../fairness/gapDefinitions';
import { type MetricName, metricDefinitions } from '../../../fairness/metricDefinitions';

/** One line of a forest plot: a number with its interval, before and after where there is a baseline. */
export interface ForestRow {
  label: string;
  /** Samples behind the number; null where the row is a difference of several groups. */
  n: number | null;
  /** Null without a baseline. */
  before: ForestMark | null;
  after: ForestMark;
  /** Where the number lies by chance alone, for gaps. */
  band: { low: number; high: number } | null;
}

export interface ForestMark {
  value: number | null;
  low: number | null;
  high: number | null;
  /** True when the interval is not to be relied on: resampling shifts the number. */
  isDoubtful: boolean;
}

/** A metric in every group and on all samples, worst group last before the whole. */
export function groupForestRows(analysis: FairnessEvaluation, metric: MetricName): ForestRow[] {
  const { model, baseline, groupNames, n } = analysis;
  const row = (label: string, size: number, read: (of: ModelEvaluation) => Estimate): ForestRow => ({
    label,
    n: size,
    before: baseline && markOf(read(baseline)),
    after: markOf(read(model)),
    band: null,
  });
  return [
    ...groupNames.map((name, index) =>
      row(name, model.groups[index]!.n, ({ metrics }) => metrics[metric].groups[index]!),
    ),
    row('All samples', n, ({ metrics }) => metrics[metric].overall),
  ];
}

/** Gaps of one scale, each with its interval and the band of chance. */
export function gapForestRows(analysis: FairnessEvaluation, names: readonly (GapName | MetricName)[]): ForestRow[] {
  const { model, baseline } = analysis;
  const find = (of: ModelEvaluation, name: GapName | MetricName) =>
    isGap(name) ? of.gaps[name] : of.metrics[name].gap;
  return names.map((name) => {
    const { floor } = find(model, name);
    return {
      label: isGap(name) ? gapDefinitions[name].label : `${metricDefinitions[name].label} gap`,
      n: null,
      before: baseline && markOf(find(baseline, name)),
      after: markOf(find(model, name)),
      band: floor && { low: floor.q05, high: floor.q95 },
    };
  });
}

function isGap(name: GapName | MetricName): name is GapName {
  return name in gapDefinitions;
}

function markOf(estimate: Estimate): ForestMark {
  const { value, interval } = estimate;
  return { value, low: interval?.low ?? null, high: interval?.high ?? null, isDoubtful: isDoubtful(estimate) };
}
