import type { PointerEvent } from 'react';
import type { RankedChannel } from '../../charts/scoreRows';
import { usePlotScales } from '../../charts/usePlotScales';

interface CurveLayerProps {
  ranked: readonly RankedChannel[];
  /** The channels left after a run; empty before one. */
  rankedAfter: readonly RankedChannel[];
  selectedCount: number;
  chosen: number | null;
  onChoose(position: number): void;
}

/** Every channel in the order of its score, with its standard error. A click chooses the nearest one. */
export function CurveLayer({ ranked, rankedAfter, selectedCount, chosen, onChoose }: CurveLayerProps) {
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
  // One path for all points of a kind: a node for each of hundreds of channels would hold up the page.
  const errorBars = ranked.flatMap(({ rank, score, standardError }) =>
    standardError === null ? [] : [`M${x(score - standardError)},${y(rank)}H${x(score + standardError)}`],
  );
  const dots = ranked
    .filter(({ rank }) => rank > selectedCount)
    .map(({ rank, score }) => `M${x(score) - 2},${y(rank)}a2,2 0 1,0 4,0a2,2 0 1,0 -4,0`);
  const diamonds = ranked
    .filter(({ rank }) => rank <= selectedCount)
    .map(({ rank, score }) => `M${x(score)},${y(rank) - 4}l4,4l-4,4l-4,-4Z`);
  const after = rankedAfter.map(({ rank, score }) => `${x(score)},${y(rank)}`);
  const ringed = ranked.find(({ position }) => position === chosen);
  return (
    <g>
      <path d={errorBars.join('')} stroke="var(--line-strong)" strokeOpacity={0.5} />
      <path d={dots.join('')} fill="var(--before)" />
      <path d={diamonds.join('')} fill="var(--selected)" stroke="var(--ink)" strokeWidth={0.5} />
      {after.length > 0 ? (
        <>
          <path d={`M${after.join('L')}`} fill="none" stroke="var(--after)" strokeWidth={2} />
          <text
            x={x(rankedAfter.at(-1)!.score) + 6}
            y={y(rankedAfter.length) + 4}
            fontSize={12}
            fill="var(--after-text)"
          >
            after
          </text>
        </>
      ) : null}
      {ringed ? (
        <circle cx={x(ringed.score)} cy={y(ringed.rank)} r={8} fill="none" stroke="var(--ink)" strokeWidth={2} />
      ) : null}
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
