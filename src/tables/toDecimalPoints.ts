const decimal = /^[+-]?(\d+|\d*[.,]\d+)(e[+-]?\d+)?$/i;
/** `1,234` and `12,345,678`: thousands as likely as decimals. */
const thousands = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/;

/**
 * Values of a column of numbers with decimal commas, with points instead; null for any other column. Where every comma
 * could as well divide thousands, the column stays text. Points beside commas are decimals, too.
 *
 * @param isMissing cells that say nothing are left as they are
 */
export function toDecimalPoints(values: readonly string[], isMissing: (value: string) => boolean): string[] | null {
  // A column of a million ids is not gone through twice.
  if (!values.some((value) => value.includes(','))) return null;
  const known = values.filter((value) => !isMissing(value));
  const withComma = known.filter((value) => value.includes(','));
  if (withComma.length === 0 || !known.every((value) => decimal.test(value))) return null;
  if (withComma.every((value) => thousands.test(value))) return null;
  return values.map((value) => (isMissing(value) ? value : value.replace(',', '.')));
}
