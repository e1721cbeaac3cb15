/** What stands for a value that is not known, in lower case. The only list of them, for every table. */
export const missingTokens: readonly string[] = [
  [''],
  ['na', 'n/a', 'n.a.', '<na>', 'nan', 'nat', 'null', 'nil', '(null)', '(blank)', 'none_selected', '-1'],
  ['.', '?', '-', '--', '#n/a', '#na', '#nv', '#value!', '#ref!', '#div/0!', '#name?', '#num!', '#null!'],
  ['unknown', 'unk', 'missing', 'unspecified', 'not specified', 'not available', 'not reported', 'not provided'],
  ['unbekannt', 'keine angabe', 'k.a.', 'k. a.', 'inconnu', 'desconocido', 'sconosciuto', 'onbekend'],
].flat();

const tokens = new Set(missingTokens);

/** Whether a cell says that a value is not known: one of {@link missingTokens}, in any case. */
export function isMissing(cell: string): boolean {
  return tokens.has(cell.trim().toLowerCase());
}

/**
 * The same for a column whose other values are known: −1 is a value where the only other one is 1, as in codes of two
 * classes.
 * @param values the texts of the column
 */
export function missingIn(values: Iterable<string>): (cell: string) => boolean {
  const known = new Set<number>();
  for (const value of values) {
    if (isMissing(value)) continue;
    known.add(Number(value));
    if (known.size > 1) break;
  }
  const isSigned = known.size === 1 && known.has(1);
  return (cell) => isMissing(cell) && !(isSigned && cell.trim() === '-1');
}
