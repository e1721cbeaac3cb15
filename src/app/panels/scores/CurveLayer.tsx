import type { PointerEvent } from 'react';
import type { RankedChannel } from '../../charts/scoreRows';
import { usePlotScales } from '../../charts/usePlotScales';
import { formatFull } from '../../format/formatNumber';

interface CurveLayerProps {
  ranked: readonly RankedChannel[];
  selectedCount: number;
  chosen: number | null;
  onChoose(position: number): void;
}

/** Every channel in the order of its score, with its standard error. A click chooses the nearest one. */
export function CurveLayer({ ranked, selectedCount, chosen, onChoose }: CurveLayerProps) {
  const scales = usePlotScales();
  if (!scales) return null;
  const { area, x, y } = scales;
  const chooseNearest = (event: PointerEvent<SVGRectElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    const place = { x: event.clientX - frame.left + area.x, y: event.clientY - frame.top + area.y };
    const distance = (channel: RankedChannel) => (x(channel.score) - place.x) ** 2 + (y(channel.rank) - place.y) ** 2;
    const first = ranked[0];
    if (!first) return;
    onChoose(ranked.reduce((best, channel) => (distance(channel) < distance(best) ? channel : best), first).position);
  };
  return (
    <g>
      {ranked.map(({ rank, position, originalChannel, score, standardError }) => (
        <g key={position}>
          <title>{`channel ${originalChannel}: score ${formatFull(score)}, rank ${rank}`}</title>
          {standardError === null ? null : (
            <line
              x1={x(score - standardError)}
              x2={x(score + standardError)}
              y1={y(rank)}
              y2={y(rank)}
              stroke="var(--line-strong)"
              strokeOpacity={0.5}
            />
          )}
          {rank <= selectedCount ? (
            <path
              d={`M${x(score)},${y(rank) - 4}l4,4l-4,4l-4,-4Z`}
              fill="var(--selected)"
              stroke="var(--ink)"
              strokeWidth={0.5}
            />
          ) : (
            <circle cx={x(score)} cy={y(rank)} r={2} fill="var(--before)" />
          )}
          {position === chosen ? (
            <circle cx={x(score)} cy={y(rank)} r={8} fill="none" stroke="var(--ink)" strokeWidth={2} />
          ) : null}
        </g>
      ))}
      <rect
        x={area.x}
        y={area.y}
        width={area.width}
        height={area.height}
        fill="transparent"
        cursor="crosshair"
        onPointerDown={chooseNearest}
      />
    </g>
  );
}
