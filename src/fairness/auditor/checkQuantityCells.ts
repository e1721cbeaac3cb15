import type { CellCheck } from './cellCheck';
import { fixedLike } from './fixedLike';
import type { PrintedNumber } from './printedNumber';
import type { PublishedRow } from './publishedTable';
import type { ValueRange } from './valueRange';
import { verdictOf } from './verdictOf';

/** Checks Avg (mean of the groups) and Diff (absolute difference of two groups) of every quantity of a row. */
export function checkQuantityCells({ table, method, quantities }: PublishedRow): CellCheck[] {
  return [...quantities].flatMap(([name, { groups, avg, diff }]) => {
    const known = groups.filter((group) => group !== null);
    if (known.length < 2 || known.length < groups.length) return [];
    const check = (column: string, printed: PrintedNumber | null, own: Recomputed): CellCheck[] =>
      printed
        ? [
            {
              table,
              method,
              column,
              printed: printed.text,
              recomputed: own.value,
              ...own.range,
              verdict: verdictOf(printed, own.value, own.range),
              why: `${own.rule} = ${fixedLike(own.value, printed)}`,
            },
          ]
        : [];
    return [
      ...check(`${name} Avg`, avg, meanOf(known)),
      ...(known.length === 2 ? check(`${name} Diff`, diff, differenceOf(known[0]!, known[1]!)) : []),
    ];
  });
}

interface Recomputed {
  value: number;
  range: ValueRange;
  rule: string;
}

function meanOf(groups: PrintedNumber[]): Recomputed {
  const mean = (of: (group: PrintedNumber) => number) =>
    groups.reduce((sum, group) => sum + of(group), 0) / groups.length;
  return {
    value: mean(({ value }) => value),
    range: { low: mean(({ low }) => low), high: mean(({ high }) => high) },
    rule: `(${groups.map(({ text }) => text).join(' + ')}) / ${groups.length}`,
  };
}

function differenceOf(a: PrintedNumber, b: PrintedNumber): Recomputed {
  return {
    value: Math.abs(a.value - b.value),
    range: { low: Math.max(0, a.low - b.high, b.low - a.high), high: Math.max(a.high - b.low, b.high - a.low) },
    rule: `|${a.text} − ${b.text}|`,
  };
}
