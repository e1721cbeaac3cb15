import { roundingResidue } from './roundingResidue';

/**
 * Writes a measured value with so many significant digits: 0.0770, 1.23, 12.3, 1234, and 0 for what is 0 but for
 * rounding. The minus is a true one (U+2212).
 *
 * @param value any finite number
 * @param digits 1 … 21
 */
export function formatSignificant(value: number, digits: number): string {
  if (Math.abs(value) < roundingResidue) return '0';
  const text = value.toPrecision(digits);
  // An exponent for a large number is how toPrecision says that the digits asked for do not reach the decimal point.
  return (text.includes('e+') ? value.toFixed(0) : text).replaceAll('-', '−');
}
