const minus = '−';

/** A number for reading: significant digits (default 3), a true minus sign, no exponent between 0.0001 and 1e15. */
export function formatNumber(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  const text =
    magnitude < 1e-4
      ? magnitude.toExponential(digits - 1).replace('e-', `e${minus}`)
      : magnitude.toLocaleString('en-GB', {
          maximumSignificantDigits: digits,
          minimumSignificantDigits: magnitude < 10 ** digits ? digits : undefined,
        });
  return withSign(value, text);
}

/** A number with fixed decimals, so that a column of it lines up. */
export function formatFixed(value: number | null, decimals = 3): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(decimals);
  return withSign(Number(text) === 0 ? 0 : value, text);
}

/** A count: digits grouped, no decimals. */
export function formatCount(value: number): string {
  return withSign(value, Math.abs(Math.round(value)).toLocaleString('en-GB'));
}

/** A share as a percentage. */
export function formatPercent(ratio: number): string {
  return `${formatNumber(ratio * 100)} %`;
}

/** Every digit there is, for a title or a file. */
export function formatFull(value: number | null): string {
  return value === null ? 'undefined' : String(value).replace('-', minus);
}

function withSign(value: number, text: string): string {
  return value < 0 ? `${minus}${text}` : text;
}
