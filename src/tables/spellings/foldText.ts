/**
 * What texts have in common that differ only in case, blanks, Unicode form (composed, full width, no-break blanks), the
 * kind of dash or apostrophe, and `_` or `-` for a blank between letters.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replaceAll(/[‐‑‒–—−]/g, '-')
    .replaceAll(/[‘’´`]/g, "'")
    .replaceAll(/(?<=\p{L})[_-](?=\p{L})/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .normalize('NFKC');
}

/** The number that a text writes, whatever its zeros, sign or decimals; null when it is none. */
export function numberOf(text: string): number | null {
  const plain = foldText(text).replace(/^\+/, '');
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain) ? Number(plain) : null;
}
