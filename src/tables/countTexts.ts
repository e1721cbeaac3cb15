import type { TableColumn } from './table';

/** How often each text of a column occurs, as it is written; texts that `leaveOut` names are left out. */
export function countTexts(
  { values, codes }: { values: TableColumn['values']; codes: ArrayLike<number> },
  leaveOut: (text: string) => boolean,
): Map<string, number> {
  const counts = new Uint32Array(values.length);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) counts[codes[row]!]!++;
  const byText = new Map<string, number>();
  for (const [code, value] of values.entries()) {
    if (counts[code] === 0 || leaveOut(value)) continue;
    byText.set(value, (byText.get(value) ?? 0) + counts[code]!);
  }
  return byText;
}
