import type { ReactNode } from 'react';
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts';
import { formatNumber } from '../format/formatNumber';
import type { Axis } from './niceAxis';

export interface PlotAxis extends Axis {
  /** Name, unit or "(no unit)", direction where it matters. */
  name: string;
  format?(value: number): string;
  isHidden?: boolean;
  /** Ticks are names of rows: none is left out for want of room. */
  hasRowNames?: boolean;
}

interface PlotProps {
  width: number;
  height: number;
  x: PlotAxis;
  y: PlotAxis;
  /** Room at the right for direct labels. */
  rightMargin?: number;
  /** Room at the left for the y axis' numbers or names. */
  leftWidth?: number;
  /** Drawn inside, on the axes' scales. */
  children: ReactNode;
}

export const plotLeft = 48;
export const plotRight = 16;
const tick = { fontSize: 12, fill: 'var(--ink-soft)' };
const label = { fontSize: 12, fill: 'var(--ink)' };

/** Two named axes and a quiet grid. The y axis' name stands above it, where it can be read without turning the head. */
export function Plot({ width, height, x, y, rightMargin = plotRight, leftWidth = plotLeft, children }: PlotProps) {
  if (width < 80 || height < 60) return null;
  const bottom = x.isHidden ? 4 : 20;
  return (
    <ComposedChart
      width={width}
      height={height}
      data={[]}
      margin={{ top: 24, right: rightMargin, bottom, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        type="number"
        dataKey="x"
        domain={x.domain}
        ticks={x.ticks}
        interval="preserveStartEnd"
        tick={x.isHidden ? false : tick}
        tickLine={false}
        height={x.isHidden ? 2 : 24}
        stroke="var(--line-strong)"
        tickFormatter={x.format ?? formatTick}
        label={x.isHidden ? undefined : { ...label, value: x.name, position: 'insideBottomRight', dy: 16 }}
        allowDataOverflow
      />
      <YAxis
        type="number"
        domain={y.domain}
        ticks={y.ticks}
        tick={tick}
        tickLine={false}
        axisLine={false}
        width={leftWidth}
        interval={y.hasRowNames ? 0 : undefined}
        tickFormatter={y.format ?? formatTick}
        allowDataOverflow
      />
      <text x={4} y={12} {...label}>
        {y.name}
      </text>
      {children}
    </ComposedChart>
  );
}

function formatTick(value: number): string {
  return value === 0
    ? '0'
    : formatNumber(value)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '');
}
