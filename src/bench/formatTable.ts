import type { Bar } from './benchCase';
import type { BenchRow } from './readRow';

/** The rows as a Markdown table. */
export function formatTable(rows: BenchRow[]): string {
  const lines = rows.map(
    ({ name, ratio, bar, ok, note }) =>
      `| ${name} | ${note ?? ratio?.toPrecision(3) ?? '–'} | ${formatBar(bar)} | ${ok === null ? '' : ok ? '✓' : '✗'} |`,
  );
  return ['| what | ratio | bar | |', '|---|---|---|---|', ...lines].join('\n');
}

function formatBar(bar: Bar | null): string {
  if (!bar) return '';
  if ('equal' in bar) return `= ${bar.equal}`;
  return 'atMost' in bar ? `≤ ${bar.atMost}` : `≥ ${bar.atLeast}`;
}
