import { formatCount, formatFixed, formatNumber } from '../../format/formatNumber';
import { groupLook } from '../../meaning';
import { ArmMarkShape } from '../ArmMarkShape';
import { Figure } from '../Figure';
import { linePath, spreadLabels } from '../linePath';
import { Plot } from '../Plot';
import { usePlotScales } from '../usePlotScales';
import type { ReliabilitySeries } from './reliabilityRows';

const unit = { domain: [0, 1] as [number, number], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] };

/** How often each group's predictions are right at each confidence; on the diagonal they are as sure as they are right. */
export function ReliabilityChart({
  title,
  sample,
  series,
  controls,
}: {
  title: string;
  sample: string;
  series: readonly ReliabilitySeries[];
  controls?: React.ReactNode;
}) {
  return (
    <Figure
      title={title}
      sample={sample}
      controls={controls}
      caption="Each mark is a bin of confidence: below the diagonal the model is surer than it is right. ECE is the mean distance from it, weighted by samples; marks of few samples are small and say little."
      table={{
        columns: ['group', 'confidence', 'share right', 'n'],
        rows: series.flatMap(({ name, points }) =>
          points.map(({ confidence, accuracy, n }) => [name, confidence, accuracy, n]),
        ),
      }}
    >
      {(size) => (
        <Plot
          {...size}
          rightMargin={190}
          x={{ ...unit, name: 'Confidence (highest score, no unit)' }}
          y={{ ...unit, name: 'Share that is right (no unit)' }}
        >
          <ReliabilityLayer series={series} />
        </Plot>
      )}
    </Figure>
  );
}

function ReliabilityLayer({ series }: { series: readonly ReliabilitySeries[] }) {
  const scales = usePlotScales();
  if (!scales) return null;
  const { area, x, y } = scales;
  const right = area.x + area.width;
  const labelYs = spreadLabels(
    series.map(({ points }) => y(points.at(-1)?.accuracy ?? 0)),
    30,
    area.y + 8,
    area.y + area.height - 16,
  );
  return (
    <g>
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} stroke="var(--line-strong)" strokeDasharray="4 4" />
      {series.map(({ group, name, n, ece, points }, index) => {
        const { colour, text, mark, dash } = groupLook(group);
        const most = Math.max(...points.map((point) => point.n));
        return (
          <g key={name}>
            <path
              d={linePath(points.map(({ confidence, accuracy }) => ({ x: x(confidence), y: y(accuracy) })))}
              fill="none"
              stroke={colour}
              strokeWidth={1.5}
              strokeDasharray={dash}
            />
            {points.map((point) => (
              <g
                key={point.confidence}
                transform={`translate(${x(point.confidence)} ${y(point.accuracy)}) scale(${markScale(point.n, most)})`}
              >
                <title>{`${name}: confidence ${formatNumber(point.confidence)}, right ${formatNumber(point.accuracy)}, n = ${formatCount(point.n)}`}</title>
                <ArmMarkShape mark={mark} cy={0} colour={colour} />
              </g>
            ))}
            <text x={right + 12} y={labelYs[index]!} fontSize={12} fill={text}>
              {name.length > 24 ? `${name.slice(0, 23)}…` : name}
              <tspan x={right + 12} dy={14} fill="var(--ink-soft)">
                {`n = ${formatCount(n)}, ECE ${formatFixed(ece)}`}
              </tspan>
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** Area of a mark grows with the samples of its bin. */
function markScale(n: number, most: number): number {
  return 0.45 + 0.9 * Math.sqrt(n / most);
}
