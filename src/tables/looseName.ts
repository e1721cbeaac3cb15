import { foldText } from './spellings/foldText';

/**
 * What names of the same thing have in common that differ in case, blanks or Unicode form, in leading zeros (spreadsheets
 * drop them) or in decimals (`1.0`, as pandas writes whole numbers beside missing ones).
 */
export function looseName(name: string): string {
  return foldText(name)
    .replace(/(?<=\d)\.0+$/, '')
    .replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, ''));
}
