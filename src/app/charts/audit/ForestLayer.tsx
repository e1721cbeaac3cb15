import { formatFull, formatNumber } from '../../format/formatNumber';
import { ArmMarkShape } from '../ArmMarkShape';
import { usePlotScales } from '../usePlotScales';
import { ForestKey } from './ForestKey';
import type { ForestLook, ForestLooks } from './forestLooks';
import type { ForestMark, ForestRow } from './forestRows';

interface ForestLayerProps {
  rows: readonly ForestRow[];
  looks: ForestLooks;
  /** Why a mark has no interval. */
  noInterval: string;
}

/** Pixels between the two marks of a row. */
const markOffset = 6;

/** The marks of a forest plot, with their intervals and bands, and their key. */
export function ForestLayer({ rows, looks, noInterval }: ForestLayerProps) {
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
            <Mark mark={before} x={x} dy={-markOffset} look={looks.before} row={label} noInterval={noInterval} />
          ) : null}
          <Mark
            mark={after}
            x={x}
            dy={hasBaseline ? markOffset : 0}
            look={looks.after}
            row={label}
            noInterval={noInterval}
          />
        </g>
      ))}
      <ForestKey
        x={area.x}
        looks={hasBaseline ? [looks.before, looks.after] : [looks.after]}
        hasBand={rows.some(({ band }) => band !== null)}
      />
    </g>
  );
}

interface MarkProps {
  mark: ForestMark;
  x(value: number): number;
  dy: number;
  look: ForestLook;
  row: string;
  noInterval: string;
}

function Mark({ mark: { value, low, high, isDoubtful }, x, dy, look, row, noInterval }: MarkProps) {
  if (value === null) return null;
  const interval = low === null || high === null ? null : { low, high };
  const words = interval
    ? `interval ${formatNumber(interval.low)} to ${formatNumber(interval.high)}${isDoubtful ? ', not to be relied on' : ''}`
    : noInterval;
  return (
    <g transform={`translate(0 ${dy})`}>
      <title>{`${row}, ${look.name}: ${formatFull(value)}, ${words}`}</title>
      {interval ? (
        <path
          d={`M${x(interval.low)},0H${x(interval.high)}M${x(interval.low)},-3V3M${x(interval.high)},-3V3`}
          stroke={look.colour}
          strokeWidth={1.5}
          strokeDasharray={isDoubtful ? '2 3' : undefined}
          fill="none"
        />
      ) : null}
      <g transform={`translate(${x(value)} 0)`}>
        <ArmMarkShape mark={look.mark} cy={0} colour={look.colour} />
      </g>
    </g>
  );
}
