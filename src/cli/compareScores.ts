/** Order of scores: lowest first, and what is no number last. For `sort`. */
export function compareScores(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  // Not a − b, which is no number for two equal infinities.
  return Number(a > b) - Number(a < b);
}
