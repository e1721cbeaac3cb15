import { type CsvCell, writeCsvOf } from '../../foundation/escape/writeCsv';
import type { Estimate, FairnessEvaluation, GapEstimate, ModelEvaluation } from '../fairnessEvaluation';
import { gapNames } from '../gapDefinitions';
import { metricNames } from '../metricDefinitions';

const columns = [
  'Attribute',
  'Model',
  'Statistic',
  'Part',
  'N',
  'Value',
  'Low',
  'High',
  'Standard error',
  'Bias ratio',
  'Chance 5 %',
  'Chance 95 %',
  'Above chance',
  'p',
] as const;
type Row = Partial<Record<(typeof columns)[number], CsvCell>>;

/**
 * Analyses as one table with the same columns whatever was computed: a row per number, in full precision, empty where there
 * is none. `Model` is model, baseline, or difference (model minus baseline).
 */
export function analysisCsv(analyses: readonly { attribute: string; analysis: FairnessEvaluation }[]): string {
  const data = analyses.flatMap(({ attribute, analysis }) =>
    [
      ...modelRows('model', analysis.model, analysis),
      ...(analysis.baseline ? modelRows('baseline', analysis.baseline, analysis) : []),
      ...comparisonRows(analysis),
    ].map((row) => ({ Attribute: attribute, ...row })),
  );
  return writeCsvOf(columns, data);
}

function modelRows(name: string, model: ModelEvaluation, { groupNames, classNames, n }: FairnessEvaluation): Row[] {
  const sizes = model.groups.map((group) => group.n);
  const row = (statistic: string, part: string, estimate: Estimate, size: number = n): Row => ({
    Model: name,
    Statistic: statistic,
    Part: part,
    N: size,
    ...numbers(estimate),
  });
  return [
    ...metricNames.flatMap((metric) => {
      const { groups, overall, average, worst, gap } = model.metrics[metric];
      return [
        ...groups.map((estimate, group) => row(metric, `group: ${groupNames[group]}`, estimate, sizes[group])),
        row(metric, 'all samples', overall),
        row(metric, 'mean of groups', average),
        row(metric, 'worst group', worst),
        { ...row(metric, 'gap', gap), ...floorNumbers(gap) },
      ];
    }),
    ...gapNames.map((gap) => ({ ...row(gap, 'gap', model.gaps[gap]), ...floorNumbers(model.gaps[gap]) })),
    row('equityScaledAuc', 'all samples', model.equityScaledAuc),
    ...model.classes.map((entry, k) => ({
      ...row('tpr', `gap in class: ${classNames[k]}`, entry.gap, sum(entry.support)),
      ...floorNumbers(entry.gap),
    })),
    ...model.classes.flatMap((entry, k) =>
      groupNames.map((group, index) =>
        row('tpr', `class: ${classNames[k]}, group: ${group}`, plain(entry.tpr[index]!), entry.support[index]),
      ),
    ),
    ...(model.scores?.groups ?? []).flatMap(({ reliability }, group) =>
      reliability.map(({ low, high, n: size, accuracy }) =>
        row(
          'reliability',
          `group: ${groupNames[group]}, confidence ${low.toFixed(3)} to ${high.toFixed(3)}`,
          plain(accuracy),
          size,
        ),
      ),
    ),
  ];
}

function comparisonRows({ comparison, groupNames, n }: FairnessEvaluation): Row[] {
  if (!comparison) return [];
  const row = (statistic: string, part: string, estimate: Estimate): Row => ({
    Model: 'difference',
    Statistic: statistic,
    Part: part,
    N: n,
    ...numbers(estimate),
  });
  const { fate, differences } = comparison;
  return [
    ...gapNames.map((gap) => row(gap, 'FATE', fate[gap])),
    ...gapNames.map((gap) => row(gap, 'gap', differences.gaps[gap])),
    ...metricNames.flatMap((metric) => [
      ...differences.metrics[metric].groups.map((estimate, group) =>
        row(metric, `group: ${groupNames[group]}`, estimate),
      ),
      row(metric, 'all samples', differences.metrics[metric].overall),
      row(metric, 'mean of groups', differences.metrics[metric].average),
      row(metric, 'worst group', differences.metrics[metric].worst),
      row(metric, 'gap', differences.metrics[metric].gap),
    ]),
  ];
}

function numbers({ value, interval, standardError, biasRatio }: Estimate): Row {
  return {
    Value: value,
    Low: interval?.low,
    High: interval?.high,
    'Standard error': standardError,
    'Bias ratio': biasRatio,
  };
}

function floorNumbers({ floor }: GapEstimate): Row {
  if (!floor) return {};
  return { 'Chance 5 %': floor.q05, 'Chance 95 %': floor.q95, 'Above chance': floor.aboveFloor, p: floor.pValue };
}

function plain(value: number | null): Estimate {
  return { value, interval: null, standardError: null, biasRatio: null };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
