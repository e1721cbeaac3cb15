import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';

/** The scales of the surrounding plot: values to pixels. Null before it is laid out. */
export function usePlotScales() {
  const area = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (!area || !xScale || !yScale) return null;
  return { area, x: (value: number) => xScale(value) ?? Number.NaN, y: (value: number) => yScale(value) ?? Number.NaN };
}
