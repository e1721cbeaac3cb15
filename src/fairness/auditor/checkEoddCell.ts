import type { CellCheck } from './cellCheck';
import type { PublishedRow } from './publishedTable';
import { verdictOf } from './verdictOf';

/**
 * Checks Eodd against the same row's Eopp0 and Eopp1. With dFPR = -dTNR, Eodd = mean |dTPR - dTNR| / 2 over the classes,
 * so |Eopp1 - Eopp0| / 2 ≤ Eodd ≤ (Eopp1 + Eopp0) / 2. It holds for the definitions of the paper, not for sums.
 */
export function checkEoddCell({ table, method, criteria }: PublishedRow): CellCheck[] {
  const [eopp0, eopp1, eodd] = ['Eopp0', 'Eopp1', 'Eodd'].map((name) => criteria.get(name)?.value ?? null);
  if (!eopp0 || !eopp1 || !eodd) return [];
  const low = Math.max(0, eopp1.low - eopp0.high, eopp0.low - eopp1.high) / 2;
  const high = (eopp1.high + eopp0.high) / 2;
  return [
    {
      table,
      method,
      column: 'Eodd',
      printed: eodd.text,
      recomputed: null,
      low,
      high,
      verdict: verdictOf(eodd, null, { low, high }),
      why: `|${eopp1.text} − ${eopp0.text}| / 2 to (${eopp1.text} + ${eopp0.text}) / 2`,
    },
  ];
}
