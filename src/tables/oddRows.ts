import type { TableColumn } from './table';

const footerWords =
  /^(grand |sub)?(total|sum|mean|average|count|gesamt|summe|insgesamt|anzahl|mittelwert|moyenne|suma|totale?)s?\b[:.=]?/i;

/** Whether a row draws a line, as Markdown has it under its header. */
export function isRule(cells: readonly string[]): boolean {
  return cells.every((cell) => /^(:?-{2,}:?|={3,})?$/.test(cell)) && cells.some((cell) => /-{3}|={3}/.test(cell));
}

/** Whether a comment stands among the rows: marked by `#` and a blank, or where no row can be read otherwise. */
export function isComment(cells: readonly string[], isEven: boolean): boolean {
  return /^#\s/.test(cells[0]!) || (!isEven && cells[0]!.startsWith('#'));
}

/**
 * Whether the last row of a table gives totals.
 * @param isKnown whether a text stands in an earlier row of a column: then it is no word for totals
 */
export function isFooter(cells: readonly string[], isKnown: (column: number, text: string) => boolean): boolean {
  const column = cells.findIndex((cell) => cell !== '');
  return column >= 0 && footerWords.test(cells[column]!) && !isKnown(column, cells[column]!);
}

/** Whether a column numbers the rows from 0 or 1, without a gap. */
export function isRowNumbers({ values, codes }: Pick<TableColumn, 'values' | 'codes'>): boolean {
  const first = Number(values[codes[0]!]);
  if (first !== 0 && first !== 1) return false;
  return codes.every((code, row) => values[code] === String(row + first));
}
