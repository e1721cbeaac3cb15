/** The numbers behind a figure: for screen readers and for the CSV file. */
export interface ChartTable {
  columns: string[];
  rows: (string | number | null)[][];
}

/** RFC 4180 text: full precision, an empty cell for what is undefined. */
export function chartTableToCsv({ columns, rows }: ChartTable): string {
  return [columns, ...rows]
    .map((row) => row.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n');
}

function csvCell(value: string | number | null): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
