import { LabError } from '../foundation/labError';
import { workAtOnce } from '../foundation/workInSteps';
import { detectSeparator } from './detectSeparator';
import { takeHeadLines } from './headLines';
import { findRows } from './readSpacedTable';
import { readText } from './readText';
import { splitLines } from './splitLines';

const leastRows = 3;
const leastShare = 0.9;
const longestName = 64;
const rowsLookedAt = 50;

/**
 * Whether a file whose name does not say what it is holds a table: column names that are short and distinct, and rows of
 * as many cells.
 *
 * @param head the file's beginning; its last line may be cut off
 */
export function looksLikeTable(file: string, head: Uint8Array): boolean {
  try {
    const { text } = workAtOnce(readText(file, head));
    if (findRows(text) !== null) return true;
    const { lines, separator: named } = workAtOnce(takeHeadLines(text.slice(0, text.lastIndexOf('\n') + 1)));
    const separator = named ?? detectSeparator(lines);
    if (separator === null) return false;
    const rows: string[][] = [];
    const broken = (): never => {
      throw new LabError({ code: 'table-unreadable', message: 'Quotes do not match.', hint: '' });
    };
    const take = (cells: string[]) => void rows.push(cells);
    workAtOnce(splitLines(lines, separator, { take, broken, tooLong: broken }, rowsLookedAt));
    const [names, ...others] = rows.filter((cells) => cells.some((cell) => cell !== ''));
    if (!names || others.length < leastRows || new Set(names).size < names.length) return false;
    if (names.some((name) => name.length > longestName)) return false;
    const even = others.filter((cells) => cells.length === names.length);
    return names.length > 1 && even.length >= leastShare * others.length;
  } catch (error) {
    if (error instanceof LabError) return false;
    throw error;
  }
}
