import type { GapChange, LevellingVerdict } from '../checkLevelling';
import {
  type ClassGap,
  type Estimate,
  type FairnessEvaluation,
  type GapEstimate,
  type Interval,
  isDoubtful,
  type MetricEstimate,
} from '../fairnessEvaluation';
import { formatSignificant } from '../formatSignificant';
import { gapDefinitions, gapNames } from '../gapDefinitions';
import { metricDefinitions, metricNames } from '../metricDefinitions';
import type { TextBlock } from '../textBlocks';

/** A table of texts with its name. */
export interface TitledBlock extends TextBlock {
  title: string;
}

const digits = 3;
/** With more groups than this, their intervals would not fit a line; the CSV has them all. */
const mostGroupsWithIntervals = 3;
const mostClasses = 20;

/** An analysis as tables for reading: metrics by group, gaps, the classes furthest apart, and levelling. */
export function analysisBlocks(analysis: FairnessEvaluation): TitledBlock[] {
  return [
    metricBlock(analysis),
    gapBlock(analysis),
    classBlock(analysis),
    ...(analysis.comparison && analysis.baseline ? [levellingBlock(analysis)] : []),
  ];
}

function metricBlock({ model, groupNames, n }: FairnessEvaluation): TitledBlock {
  const groupText = (estimate: Estimate) =>
    groupNames.length <= mostGroupsWithIntervals ? withInterval(estimate) : number(estimate.value);
  const known = metricNames.filter((name) => model.metrics[name].overall.value !== null);
  const cells = ({ groups, average, gap, overall }: MetricEstimate) => [
    ...groups.map(groupText),
    number(average.value),
    withInterval(gap),
    chance(gap),
    number(overall.value),
  ];
  return {
    title: 'By group',
    header: ['', ...groupNames.map(oneLine), 'Avg', 'Gap', 'Chance 95 %', 'All samples'],
    rows: [
      ...known.map((name) => [metricDefinitions[name].label, ...cells(model.metrics[name])]),
      ['N', ...model.groups.map((group) => String(group.n)), '', '', '', String(n)],
    ],
  };
}

function gapBlock({ model, baseline, comparison, groupNames }: FairnessEvaluation): TitledBlock {
  const hasPairs = groupNames.length > 2;
  return {
    title: 'Gaps between the groups (0 = none)',
    header: [
      '',
      'Gap',
      ...(hasPairs ? ['Furthest apart'] : []),
      'Chance 95 %',
      'p',
      ...(baseline ? ['Baseline', 'Change', 'FATE'] : []),
    ],
    rows: gapNames.map((name) => {
      const gap = model.gaps[name];
      return [
        gapDefinitions[name].label,
        withInterval(gap),
        ...(hasPairs ? [gap.pair ? gap.pair.map((group) => oneLine(groupNames[group]!)).join(' – ') : ''] : []),
        chance(gap),
        gap.floor ? number(gap.floor.pValue) : '',
        ...(baseline && comparison
          ? [
              number(baseline.gaps[name].value),
              withInterval(comparison.differences.gaps[name]),
              withInterval(comparison.fate[name]),
            ]
          : []),
      ];
    }),
  };
}

function classBlock({ model, classNames, groupNames }: FairnessEvaluation): TitledBlock {
  const order = model.classes
    .map((row, k) => ({ row, k }))
    .toSorted((a, b) => (b.row.gap.value ?? -1) - (a.row.gap.value ?? -1));
  const rate = ({ tpr, support }: ClassGap, group: number) =>
    tpr[group] == null ? `– (${support[group]})` : `${number(tpr[group])} (${support[group]})`;
  const title = 'True positive rate by class (samples), widest gap first';
  return {
    title: classNames.length > mostClasses ? `${title}: ${mostClasses} of ${classNames.length} classes` : title,
    header: ['', ...groupNames.map(oneLine), 'Gap', 'Chance 95 %'],
    rows: order
      .slice(0, mostClasses)
      .map(({ row, k }) => [
        oneLine(classNames[k]!),
        ...groupNames.map((_, group) => rate(row, group)),
        withInterval(row.gap),
        chance(row.gap),
      ]),
  };
}

const levellingWords: Record<LevellingVerdict, string> = {
  'gap-not-smaller': 'not smaller',
  'no-group-worse': 'smaller, no group lost',
  'one-group-worse': 'smaller, some groups lost',
  'levelled-down': 'smaller only because groups lost',
};

function levellingBlock({ comparison, baseline, model, groupNames }: FairnessEvaluation): TitledBlock {
  const { levelling } = comparison!;
  const row = (label: string, metric: 'f1' | 'accuracy', { gapBefore, gapAfter, verdict }: GapChange) => [
    label,
    ...groupNames.map(
      (_, group) => `${number(baseline!.groups[group]![metric])} → ${number(model.groups[group]![metric])}`,
    ),
    `${number(gapBefore)} → ${number(gapAfter)}`,
    levellingWords[verdict],
  ];
  return {
    title: 'Levelling-down check, baseline → model',
    header: ['', ...groupNames.map(oneLine), 'Gap', ''],
    rows: [row('F1', 'f1', levelling.f1), row('Accuracy', 'accuracy', levelling.accuracy)],
  };
}

function chance({ floor }: GapEstimate): string {
  return floor ? `${number(floor.q95)} (${floor.aboveFloor ? 'above' : 'not above'})` : '';
}

/** A star after the interval: resampling shifts the number too much for the interval to be relied on. */
function withInterval(estimate: Estimate): string {
  const { value, interval } = estimate;
  if (value === null || !interval) return number(value);
  return `${number(value)} ${brackets(interval)}${isDoubtful(estimate) ? '*' : ''}`;
}

function brackets({ low, high }: Interval): string {
  return `[${number(low)}, ${number(high)}]`;
}

function number(value: number | null): string {
  return value === null ? 'undefined' : formatSignificant(value, digits);
}

function oneLine(name: string): string {
  return name.replaceAll(/\s+/g, ' ');
}
