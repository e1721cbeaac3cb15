import type { Interval } from './fairnessEvaluation';
import { formatSignificant } from './formatSignificant';
import type { CriterionRow, FairnessTable } from './tableRows';

/** A table as texts; the first cell of each row names it. */
export interface TextBlock {
  header: string[];
  rows: string[][];
}

/** What stands where FATE has no value. */
const undefinedText = 'undefined';

/** The two parts of the paper's table as texts: the groups, and the criteria. Columns without any content are left out. */
export function textBlocks(table: FairnessTable, digits: number): TextBlock[] {
  return [groupBlock(table, digits), criterionBlock(table, digits)];
}

function groupBlock({ groupNames, n, metrics }: FairnessTable, digits: number): TextBlock {
  const number = (value: number) => formatSignificant(value, digits);
  const withInterval = (value: number, interval: Interval | null) =>
    interval ? `${number(value)} ${formatInterval(interval, digits)}` : number(value);
  return {
    header: ['', ...groupNames.map((name) => name.replaceAll(/\s+/g, ' ')), 'Avg', 'Diff'],
    rows: [
      ...metrics.map(({ name, group0, group1, avg, diff, avgInterval, diffInterval }) => [
        name,
        number(group0),
        number(group1),
        withInterval(avg, avgInterval),
        withInterval(diff, diffInterval),
      ]),
      ['N', String(n.group0), String(n.group1), '', ''],
    ],
  };
}

function criterionBlock(table: FairnessTable, digits: number): TextBlock {
  const interval = table.level === null ? null : `${formatPercent(table.level)} interval`;
  const columns: { header: string; cell: (row: CriterionRow) => string }[] = [
    { header: '', cell: ({ name }) => name },
    { header: 'Value', cell: ({ value }) => formatSignificant(value, digits) },
  ];
  if (interval) {
    columns.push({ header: interval, cell: (row) => (row.interval ? formatInterval(row.interval, digits) : '') });
  }
  if (table.hasNoiseFloor) columns.push({ header: 'Noise floor', cell: (row) => formatFloor(row, digits) });
  if (table.hasFate) {
    columns.push({
      header: 'FATE',
      cell: ({ fate }) => (fate === null ? undefinedText : formatSignificant(fate, digits)),
    });
  }
  if (interval && table.hasFateIntervals) {
    columns.push({
      header: `FATE ${interval}`,
      cell: ({ fateInterval }) => (fateInterval ? formatInterval(fateInterval, digits) : undefinedText),
    });
  }
  return {
    header: columns.map(({ header }) => header),
    rows: table.criteria.map((row) => columns.map(({ cell }) => cell(row))),
  };
}

function formatFloor({ noiseFloorQ95, aboveFloor }: CriterionRow, digits: number): string {
  if (noiseFloorQ95 === null) return '';
  return `${formatSignificant(noiseFloorQ95, digits)} (${aboveFloor ? 'above' : 'not above'})`;
}

function formatInterval({ low, high }: Interval, digits: number): string {
  return `[${formatSignificant(low, digits)}, ${formatSignificant(high, digits)}]`;
}

/** 0.95 as `95 %`; toPrecision drops the rounding of 100 × 0.999. */
function formatPercent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}
