import type { ReactNode } from 'react';
import { formatCount } from '../../format/formatNumber';
import { Figure } from '../Figure';
import { niceAxis } from '../niceAxis';
import { Plot } from '../Plot';
import { ForestLayer } from './ForestLayer';
import type { ForestLooks } from './forestLooks';
import type { ForestRow } from './forestRows';

interface ForestChartProps {
  title: string;
  sample: string;
  caption: string;
  /** Name of what is measured, with its unit and direction. */
  xName: string;
  rows: readonly ForestRow[];
  /** The two marks of a row; the first is not used without a baseline. */
  looks: ForestLooks;
  /** Why a mark has no interval. */
  noInterval?: string;
  controls?: ReactNode;
}

const labelWidth = 160;

/** A line per group, gap or setting: the value with its interval, before and after, on the band of chance where there is one. */
export function ForestChart({
  title,
  sample,
  caption,
  xName,
  rows,
  looks,
  noInterval = 'no interval (no resamples were drawn, or it is undefined on too many)',
  controls,
}: ForestChartProps) {
  const values = rows.flatMap(({ before, after, band }) => [
    ...[before, after].flatMap((mark) => (mark ? [mark.value, mark.low, mark.high] : [])),
    band?.low ?? null,
    band?.high ?? null,
  ]);
  const last = rows.length - 1;
  return (
    <Figure
      title={title}
      sample={sample}
      caption={caption}
      controls={controls}
      table={{
        columns: [
          'row',
          'n',
          looks.before.name,
          `${looks.before.name}, low`,
          `${looks.before.name}, high`,
          looks.after.name,
          `${looks.after.name}, low`,
          `${looks.after.name}, high`,
          'chance 5 %',
          'chance 95 %',
        ],
        rows: rows.map(({ label, n, before, after, band }) => [
          label,
          n,
          before?.value ?? null,
          before?.low ?? null,
          before?.high ?? null,
          after.value,
          after.low,
          after.high,
          band?.low ?? null,
          band?.high ?? null,
        ]),
      }}
    >
      {(size) => (
        <Plot
          {...size}
          leftWidth={labelWidth}
          x={{ ...niceAxis(values.filter((value) => value !== null)), name: xName }}
          y={{
            domain: [-0.5, last + 0.5],
            ticks: rows.map((_, index) => index),
            name: '',
            hasRowNames: true,
            format: (position) => labelOf(rows[last - position]),
          }}
        >
          <ForestLayer rows={rows} looks={looks} noInterval={noInterval} />
        </Plot>
      )}
    </Figure>
  );
}

function labelOf(row: ForestRow | undefined): string {
  if (!row) return '';
  const name = row.label.length > 22 ? `${row.label.slice(0, 21)}…` : row.label;
  return row.n === null ? name : `${name} (${formatCount(row.n)})`;
}
