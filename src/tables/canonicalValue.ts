/**
 * A cell's text as it is compared: without blanks around it; a whole number without decimals (`3.0` is `3`); true and
 * false in lower case (spreadsheets write TRUE). Two spellings within one column are asked about before they count as one
 * (`spellings/askSpellings.ts`).
 */
export function canonicalValue(cell: string): string {
  const text = cell.trim();
  if (/^[+-]?\d+\.0+$/.test(text)) return text.replace(/^\+|\.0+$/g, '');
  return /^(true|false)$/i.test(text) ? text.toLowerCase() : text;
}
