const missingTokens = new Set(['', 'na', 'nan', 'unknown', 'unk', '-1', 'none_selected']);

/** Whether a cell says that a value is not known: empty, NA, nan, unknown, UNK, -1, NONE_SELECTED, in any case. */
export function isMissing(cell: string): boolean {
  return missingTokens.has(cell.trim().toLowerCase());
}
