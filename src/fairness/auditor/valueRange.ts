/** All values that a quantity can have, both ends included. */
export interface ValueRange {
  low: number;
  high: number;
}

/** Room for the rounding of float64: decimals like 0.0005 are not exact in it. Far below any printed digit. */
const slack = 1e-9;

export function rangesMeet(a: ValueRange, b: ValueRange): boolean {
  return a.low <= b.high + slack && b.low <= a.high + slack;
}

export function isWithin(value: number, { low, high }: ValueRange): boolean {
  return value >= low - slack && value <= high + slack;
}

/** Quotient of two quantities that vary apart. @param divisor above 0 */
export function divideRanges(dividend: ValueRange, divisor: ValueRange): ValueRange {
  return {
    low: dividend.low / (dividend.low < 0 ? divisor.low : divisor.high),
    high: dividend.high / (dividend.high < 0 ? divisor.high : divisor.low),
  };
}

/** What lies in all of the ranges, or null when nothing does. */
export function intersectRanges(ranges: readonly ValueRange[]): ValueRange | null {
  const low = Math.max(...ranges.map((range) => range.low));
  const high = Math.min(...ranges.map((range) => range.high));
  return low <= high ? { low, high } : null;
}
