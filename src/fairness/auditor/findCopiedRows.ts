import { printedText } from './findBaselineRow';
import type { PublishedRow } from './publishedTable';

/** Two rows under different names that print the same numbers throughout. */
export interface CopiedRows {
  first: { table: string; method: string };
  second: { table: string; method: string };
  /** Cells that agree. */
  cells: number;
}

/** Fewer numbers than this agree by chance. */
const minCells = 4;

/** Finds rows of different methods with all numbers alike. The same method printed twice is no copy. */
export function findCopiedRows(rows: readonly PublishedRow[]): CopiedRows[] {
  const place = ({ table, method }: PublishedRow) => ({ table, method });
  return rows.flatMap((first, index) =>
    rows
      .slice(index + 1)
      .filter((second) => second.method !== first.method && printedText(second) === printedText(first))
      .map((second) => ({ first: place(first), second: place(second), cells: countNumbers(first) }))
      .filter(({ cells }) => cells >= minCells),
  );
}

function countNumbers({ quantities, criteria }: PublishedRow): number {
  const parts = [
    ...[...quantities.values()].flatMap(({ groups, avg, diff }) => [...groups, avg, diff]),
    ...[...criteria.values()].flatMap(({ value, fate }) => [value, fate]),
  ];
  return parts.filter((part) => part !== null).length;
}
