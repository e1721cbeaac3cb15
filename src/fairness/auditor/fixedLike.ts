import type { PrintedNumber } from './printedNumber';

/** Writes a recomputed value with two digits more than the printed one has, so that a difference in rounding shows. */
export function fixedLike(value: number, { text }: Pick<PrintedNumber, 'text'>): string {
  const decimals = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  return value.toFixed(Math.min(decimals + 2, 12)).replace('-', '−');
}
