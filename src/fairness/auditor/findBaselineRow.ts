import { LabError } from '../../foundation/labError';
import type { PublishedRow } from './publishedTable';

/**
 * The row that a row's FATEs are measured against: the method that the row or the caller names, looked for in the row's own
 * table, then in the others; otherwise the first row of its table whose printed FATEs are all 0, or the first row.
 *
 * @param named method that is the baseline of every row that names none itself, or null
 * @throws LabError `column-missing` when a named baseline is nowhere, or in several other tables with different values
 */
export function findBaselineRow(row: PublishedRow, rows: readonly PublishedRow[], named: string | null): PublishedRow {
  const own = rows.filter(({ table }) => table === row.table);
  const name = row.baseline ?? named;
  if (name === null) return own.find(hasOnlyZeroFates) ?? own[0]!;
  const here = own.find(({ method }) => method === name);
  if (here) return here;
  const elsewhere = rows.filter(({ method }) => method === name);
  const [first] = elsewhere;
  if (first && elsewhere.every((other) => printedText(other) === printedText(first))) return first;
  throw new LabError({
    code: 'column-missing',
    stage: 'reading the published table',
    message: first
      ? `"${name}", the baseline of "${row.method}", is in several tables with different values.`
      : `There is no row "${name}", which is to be the baseline of "${row.method}".`,
    hint: 'Name a method as it is written in the table, or put its row into the same table.',
    details: { baseline: name, method: row.method },
  });
}

function hasOnlyZeroFates({ criteria }: PublishedRow): boolean {
  const fates = [...criteria.values()].flatMap(({ fate }) => fate ?? []);
  return fates.length > 0 && fates.every(({ value }) => value === 0);
}

/** Every number of a row as it is printed: two rows with the same text are copies. */
export function printedText({ quantities, criteria }: PublishedRow): string {
  const numbers = [
    ...[...quantities].map(([name, { groups, avg, diff }]) => [name, ...groups, avg, diff]),
    ...[...criteria].map(([name, { value, fate }]) => [name, value, fate]),
  ];
  return JSON.stringify(numbers.map((parts) => parts.map((part) => (typeof part === 'string' ? part : part?.value))));
}
