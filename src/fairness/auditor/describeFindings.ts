import type { PublishedAudit } from './auditPublishedTable';

/** What an audit noticed beyond single cells, each as one sentence. */
export function describeFindings(audit: PublishedAudit): string[] {
  const { impliedBaselines, copiedRows, unchecked, unusedColumns, unreadableCells } = audit;
  const inTable = (table: string) => (table ? ` of ${table}` : '');
  const place = ({ table, method }: { table: string; method: string }) => `"${method}"${inTable(table)}`;
  return [
    ...impliedBaselines.map(
      ({ table, criterion, printed, low, high, rows, impossible }) =>
        `All ${rows} FATEs of ${criterion}${inTable(table)} would follow from a baseline of ${digits(low)} to ${digits(high)}; ${printed} is printed, with which ${impossible} are impossible.`,
    ),
    ...copiedRows.map(
      ({ first, second, cells }) => `All ${cells} numbers of ${place(second)} are those of ${place(first)}.`,
    ),
    ...unchecked.map(
      ({ table, method, column, why }) => `${column} of ${place({ table, method })} is not checked: ${why}.`,
    ),
    ...unreadableCells.map(
      ({ table, method, column, text }) => `"${text}" in ${column} of ${place({ table, method })} is no number.`,
    ),
    ...(unusedColumns.length > 0 ? [`Columns not used: ${[...new Set(unusedColumns)].join(', ')}.`] : []),
  ];
}

function digits(value: number): string {
  return value.toPrecision(3);
}
