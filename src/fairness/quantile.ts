/**
 * Quantile of sorted values, linear between order statistics (type 7 of Hyndman and Fan; numpy's default).
 *
 * @param sorted ascending, at least one
 * @param share 0 … 1; 0.5 is the median
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.ceil(position)]!;
  return low + (high - low) * (position - below);
}
