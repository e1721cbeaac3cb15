import { formatCount, formatNumber } from '../../format/formatNumber';
import { groupLook } from '../../meaning';
import { ArmMarkShape } from '../ArmMarkShape';
import { Figure } from '../Figure';
import { Plot } from '../Plot';
import { usePlotScales } from '../usePlotScales';
import type { ClassGapRow } from './classGapRows';
import { GroupKey } from './GroupKey';

interface ClassGapChartProps {
  title: string;
  sample: string;
  groupNames: readonly string[];
  rows: readonly ClassGapRow[];
  controls?: React.ReactNode;
}

const labelWidth = 150;
/** Least height of a row that can be read. */
const rowHeight = 17;
const unit = { domain: [0, 1] as [number, number], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] };

/** The share of each class that is found, by group, with the sample sizes; widest gap on top. */
export function ClassGapChart({ title, sample, groupNames, rows, controls }: ClassGapChartProps) {
  const caption = `The true positive rate of each class in each group, widest gap on top; at the right the gap${rows.some(({ interval }) => interval) ? ', its interval' : ''} and the samples of each group. A gap on a handful of samples is mostly chance.`;
  return (
    <Figure
      title={title}
      sample={sample}
      caption={caption}
      controls={controls}
      table={{
        columns: ['class', ...groupNames.flatMap((name) => [`found, ${name}`, `n, ${name}`]), 'gap', 'low', 'high'],
        rows: rows.map(({ className, groups, gap, interval }) => [
          className,
          ...groups.flatMap(({ tpr, n }) => [tpr, n]),
          gap,
          interval?.low ?? null,
          interval?.high ?? null,
        ]),
      }}
    >
      {(size) => {
        const room = Math.max(1, Math.floor((size.height - 70) / rowHeight));
        const shown = rows.slice(0, room);
        const last = shown.length - 1;
        const left = rows.length - shown.length;
        return (
          <Plot
            {...size}
            leftWidth={labelWidth}
            rightMargin={240}
            x={{ ...unit, name: 'True positive rate (no unit; higher = more of the class is found)' }}
            y={{
              domain: [-0.5, last + 0.5],
              ticks: shown.map((_, index) => index),
              name: left > 0 ? `${shown.length} of ${rows.length} classes` : '',
              hasRowNames: true,
              format: (position) => shorten(shown[last - position]?.className ?? ''),
            }}
          >
            <ClassGapLayer rows={shown} groupNames={groupNames} />
          </Plot>
        );
      }}
    </Figure>
  );
}

function shorten(name: string): string {
  return name.length > 22 ? `${name.slice(0, 21)}…` : name;
}

function ClassGapLayer({ rows, groupNames }: Pick<ClassGapChartProps, 'rows' | 'groupNames'>) {
  const scales = usePlotScales();
  if (!scales) return null;
  const { area, x, y } = scales;
  return (
    <g>
      <GroupKey x={area.x} groupNames={groupNames} />
      {rows.map(({ className, groups, gap, interval }, index) => {
        const known = groups.flatMap(({ tpr }) => tpr ?? []);
        return (
          <g key={className} transform={`translate(0 ${y(rows.length - 1 - index)})`}>
            {known.length > 1 ? (
              <line x1={x(Math.min(...known))} x2={x(Math.max(...known))} stroke="var(--line-strong)" strokeWidth={2} />
            ) : null}
            {groups.map(({ tpr, n }, group) =>
              tpr === null ? null : (
                <g key={groupNames[group]} transform={`translate(${x(tpr)} 0)`}>
                  <title>{`${className}, ${groupNames[group]}: ${formatNumber(tpr)} of ${formatCount(n)} found`}</title>
                  <ArmMarkShape mark={groupLook(group).mark} cy={0} colour={groupLook(group).colour} />
                </g>
              ),
            )}
            <text x={area.x + area.width + 12} y={4} fontSize={12} fill="var(--ink-soft)">
              {gap === null ? 'in one group only' : formatGap(gap, interval)}
              {` · n ${sizesText(groups.map(({ n }) => n))}`}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** The sizes of a few groups; of many the least and the largest, so that they fit. */
function sizesText(sizes: readonly number[]): string {
  if (sizes.length <= 3) return sizes.map(formatCount).join(', ');
  return `${formatCount(Math.min(...sizes))} to ${formatCount(Math.max(...sizes))}`;
}

function formatGap(gap: number, interval: ClassGapRow['interval']): string {
  const text = gap.toFixed(2);
  return interval ? `${text} [${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]` : text;
}
