/** SVG path through points; a point without a value breaks the line. */
export function linePath(points: readonly ({ x: number; y: number } | null)[]): string {
  let isDown = false;
  return points
    .map((point) => {
      if (!point) {
        isDown = false;
        return '';
      }
      const command = isDown ? 'L' : 'M';
      isDown = true;
      return `${command}${point.x.toFixed(2)},${point.y.toFixed(2)}`;
    })
    .join('');
}

/** Moves labels apart so that none is nearer to the next than `gap`; keeps their order, stays within the limits where there is room. */
export function spreadLabels(positions: readonly number[], gap: number, low: number, high: number): number[] {
  const order = positions.map((_, index) => index).sort((a, b) => positions[a]! - positions[b]!);
  const spread = [...positions];
  let previous = low - gap;
  for (const index of order) {
    spread[index] = Math.max(spread[index]!, previous + gap);
    previous = spread[index]!;
  }
  let next = high + gap;
  for (const index of order.toReversed()) {
    spread[index] = Math.min(spread[index]!, next - gap);
    next = spread[index]!;
  }
  return spread;
}
