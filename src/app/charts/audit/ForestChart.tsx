import { formatCount, formatFull, formatNumber } from '../../format/formatNumber';
import { ArmMarkShape } from '../ArmMarkShape';
import { Figure } from '../Figure';
import { niceAxis } from '../niceAxis';
import { Plot } from '../Plot';
import { usePlotScales } from '../usePlotScales';
import type { ForestMark, ForestRow } from './forestRows';

interface ForestChartProps {
  title: string;
  sample: string;
  caption: string;
  /** Name of what is measured, with its unit and direction. */
  xName: string;
  rows: readonly ForestRow[];
  /** Names of the two marks of a row; the first is not used without a baseline. */
  names: { before: string; after: string };
  controls?: React.ReactNode;
}

const labelWidth = 150;
/** Pixels between the two marks of a row. */
const markOffset = 6;

/** A line per group or per gap: the value with its interval, before and after, on the band of chance where there is one. */
export function ForestChart({ title, sample, caption, xName, rows, names, controls }: ForestChartProps) {
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
          `${names.before}`,
          'low',
          'high',
          `${names.after}`,
          'low ',
          'high ',
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
          <ForestLayer rows={rows} names={names} />
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

function ForestLayer({ rows, names }: Pick<ForestChartProps, 'rows' | 'names'>) {
  const scales = usePlotScales();
  if (!scales) return null;
  const { area, x, y } = scales;
  const rowHeight = area.height / rows.length;
  const hasBaseline = rows.some(({ before }) => before !== null);
  return (
    <g>
      {rows.map(({ label, before, after, band }, index) => (
        <g key={label} transform={`translate(0 ${y(rows.length - 1 - index)})`}>
          {band ? (
            <rect
              x={x(band.low)}
              width={Math.max(1, x(band.high) - x(band.low))}
              y={-Math.min(14, rowHeight * 0.42)}
              height={Math.min(28, rowHeight * 0.84)}
              fill="var(--noise)"
            >
              <title>{`${label}: by chance alone ${formatNumber(band.low)} to ${formatNumber(band.high)}`}</title>
            </rect>
          ) : null}
          {before ? (
            <Mark mark={before} x={x} dy={-markOffset} look="before" title={`${label}, ${names.before}`} />
          ) : null}
          <Mark mark={after} x={x} dy={before ? markOffset : 0} look="after" title={`${label}, ${names.after}`} />
        </g>
      ))}
      <Key x={area.x} names={names} hasBaseline={hasBaseline} hasBand={rows.some(({ band }) => band !== null)} />
    </g>
  );
}

function Mark({
  mark,
  x,
  dy,
  look,
  title,
}: {
  mark: ForestMark;
  x(value: number): number;
  dy: number;
  look: 'before' | 'after';
  title: string;
}) {
  const { value, low, high } = mark;
  if (value === null) return null;
  const colour = `var(--${look})`;
  const interval =
    low === null || high === null
      ? 'no interval (no resamples were drawn, or it is undefined on too many)'
      : `interval ${formatNumber(low)} to ${formatNumber(high)}`;
  return (
    <g transform={`translate(0 ${dy})`}>
      <title>{`${title}: ${formatFull(value)}, ${interval}`}</title>
      {low === null || high === null ? null : (
        <path
          d={`M${x(low)},0H${x(high)}M${x(low)},-3V3M${x(high)},-3V3`}
          stroke={colour}
          strokeWidth={1.5}
          fill="none"
        />
      )}
      <g transform={`translate(${x(value)} 0)`}>
        <ArmMarkShape mark={look === 'before' ? 'square' : 'circle'} cy={0} colour={colour} />
      </g>
    </g>
  );
}

/** What the marks are, above the plot, where the name of the y axis would stand. */
function Key({
  x,
  names,
  hasBaseline,
  hasBand,
}: {
  x: number;
  names: ForestChartProps['names'];
  hasBaseline: boolean;
  hasBand: boolean;
}) {
  const afterX = x + (hasBaseline ? names.before.length * 6.6 + 32 : 0);
  const bandX = afterX + names.after.length * 6.6 + 32;
  return (
    <g transform="translate(0 8)" fontSize={12}>
      {hasBaseline ? (
        <g transform={`translate(${x + 6} 0)`}>
          <ArmMarkShape mark="square" cy={0} colour="var(--before)" />
          <text x={10} y={4} fill="var(--before-text)">
            {names.before}
          </text>
        </g>
      ) : null}
      <g transform={`translate(${afterX + 6} 0)`}>
        <ArmMarkShape mark="circle" cy={0} colour="var(--after)" />
        <text x={10} y={4} fill="var(--after-text)">
          {names.after}
        </text>
      </g>
      {hasBand ? (
        <g transform={`translate(${bandX} 0)`}>
          <rect width={14} height={10} y={-5} fill="var(--noise)" />
          <text x={20} y={4} fill="var(--noise-text)">
            chance alone (5–95 %)
          </text>
        </g>
      ) : null}
    </g>
  );
}
