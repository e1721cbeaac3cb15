import type { HistogramBin } from '../../charts/scoreRows';
import { usePlotScales } from '../../charts/usePlotScales';
import { formatNumber } from '../../format/formatNumber';

/** Bars before pruning, the selected part hatched orange, and the outline after pruning. */
export function HistogramLayer({
  bins,
  binsAfter,
}: {
  bins: readonly HistogramBin[];
  binsAfter: readonly HistogramBin[];
}) {
  const scales = usePlotScales();
  if (!scales) return null;
  const { x, y } = scales;
  return (
    <g>
      <defs>
        <pattern id="selected-hatch" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={6} height={6} fill="var(--selected)" fillOpacity={0.35} />
          <line x1={0} x2={0} y1={0} y2={6} stroke="var(--selected)" strokeWidth={4} />
        </pattern>
      </defs>
      {bins.map((bin) => {
        const left = x(bin.low);
        const width = Math.max(0, x(bin.high) - left - 1);
        const selectedTop = y(bin.selectedCount);
        return bin.count === 0 ? null : (
          <g key={bin.low}>
            <title>{`${bin.count} channels with a score from ${formatNumber(bin.low)} to ${formatNumber(bin.high)}, ${bin.selectedCount} selected`}</title>
            <rect x={left} y={y(bin.count)} width={width} height={selectedTop - y(bin.count)} fill="var(--before)" />
            <rect x={left} y={selectedTop} width={width} height={y(0) - selectedTop} fill="url(#selected-hatch)" />
          </g>
        );
      })}
      <AfterOutline bins={binsAfter} x={x} y={y} />
    </g>
  );
}

function AfterOutline({
  bins,
  x,
  y,
}: {
  bins: readonly HistogramBin[];
  x(value: number): number;
  y(value: number): number;
}) {
  if (bins.every(({ count }) => count === 0)) return null;
  const steps = bins.map(({ low, high, count }) => `L${x(low)},${y(count)}L${x(high)},${y(count)}`).join('');
  const highest = bins.reduce((best, bin) => (bin.count > best.count ? bin : best), bins[0]!);
  return (
    <g>
      <path
        d={`M${x(bins[0]!.low)},${y(0)}${steps}L${x(bins.at(-1)!.high)},${y(0)}`}
        fill="none"
        stroke="var(--after)"
        strokeWidth={2}
      />
      <text
        x={x(highest.high) + 6}
        y={y(highest.count) + 10}
        fontSize={12}
        fill="var(--after-text)"
        paintOrder="stroke"
        stroke="var(--paper)"
        strokeWidth={3}
      >
        after
      </text>
    </g>
  );
}
