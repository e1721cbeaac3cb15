import { formatCount, formatFixed } from '../../format/formatNumber';
import { groupLook } from '../../meaning';
import { ArmMarkShape } from '../ArmMarkShape';
import { Figure } from '../Figure';
import { spreadLabels } from '../linePath';
import { niceAxis } from '../niceAxis';
import { Plot } from '../Plot';
import { usePlotScales } from '../usePlotScales';
import type { LevellingRow } from './levellingRows';

interface LevellingSlopesProps {
  title: string;
  sample: string;
  /** What the y axis shows, such as `F1`. */
  metricName: string;
  rows: readonly LevellingRow[];
  names: { before: string; after: string };
  controls?: React.ReactNode;
}

/** A line per group from the baseline to the model. A gap that closes because a line falls is levelling down. */
export function LevellingSlopes({ title, sample, metricName, rows, names, controls }: LevellingSlopesProps) {
  const axis = niceAxis(rows.flatMap(({ before, after }) => [before, after]));
  return (
    <Figure
      title={title}
      sample={sample}
      controls={controls}
      caption="Each line is a group. A gap may close because the lower line rises, or because the upper one falls: the second is levelling down, and helps nobody."
      table={{
        columns: ['group', 'n', names.before, names.after],
        rows: rows.map(({ name, n, before, after }) => [name, n, before, after]),
      }}
    >
      {(size) => (
        <Plot
          {...size}
          leftWidth={180}
          rightMargin={200}
          x={{
            domain: [-0.02, 1.02],
            ticks: [0, 1],
            name: '',
            format: (end) => (end === 0 ? names.before : names.after),
          }}
          y={{ ...axis, name: `${metricName} (no unit; higher is better)` }}
        >
          <SlopeLayer rows={rows} />
        </Plot>
      )}
    </Figure>
  );
}

function SlopeLayer({ rows }: { rows: readonly LevellingRow[] }) {
  const scales = usePlotScales();
  if (!scales) return null;
  const { area, x, y } = scales;
  const bottom = area.y + area.height;
  const endYs = spreadLabels(
    rows.map(({ after }) => y(after)),
    30,
    area.y,
    bottom - 14,
  );
  return (
    <g>
      {rows.map(({ group, name, n, before, after }, index) => {
        const { colour, text, mark, dash } = groupLook(group);
        return (
          <g key={name}>
            <line
              x1={x(0)}
              y1={y(before)}
              x2={x(1)}
              y2={y(after)}
              stroke={colour}
              strokeWidth={2}
              strokeDasharray={dash}
            />
            {[before, after].map((value, end) => (
              <g key={end} transform={`translate(${x(end)} ${y(value)})`}>
                <ArmMarkShape mark={mark} cy={0} colour={colour} />
              </g>
            ))}
            <text x={x(1) + 14} y={endYs[index]! + 4} fontSize={12} fill={text}>
              {name.length > 24 ? `${name.slice(0, 23)}…` : name} (n = {formatCount(n)})
              <tspan x={x(1) + 14} dy={14} fill="var(--ink-soft)">
                {`${formatFixed(before)} → ${formatFixed(after)}`}
              </tspan>
            </text>
          </g>
        );
      })}
    </g>
  );
}
