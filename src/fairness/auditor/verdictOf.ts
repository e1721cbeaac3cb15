import type { Verdict } from './cellCheck';
import type { PrintedNumber } from './printedNumber';
import { isWithin, rangesMeet, type ValueRange } from './valueRange';

/**
 * @param recomputed from the printed values as they stand, or null when only bounds are known
 * @param range of all values that the printed ones allow
 */
export function verdictOf(printed: PrintedNumber, recomputed: number | null, range: ValueRange): Verdict {
  if (recomputed !== null && isWithin(recomputed, printed)) return 'exact';
  return rangesMeet(printed, range) ? 'possible' : 'impossible';
}
