import type { Steps } from '../foundation/workInSteps';
import { createTableBuilder } from './createTableBuilder';
import type { Table } from './table';
import { beyondTableLimit, tableLimits } from './tableLimits';

const rowsPerStep = 2000;
const imageName = /^\S+\.(jpe?g|png|webp|bmp|gif|jfif)$/i;

/**
 * Reads a table of CelebA's kind: separated by blanks, the number of rows and the column names above the rows, or rows of
 * an image and a number without a header. The column of image names, which has no name there, is `image_id`; a lone number
 * is `partition`. Null for any other text.
 *
 * @param text line ends are `\n`
 * @param lineCount of the text
 * @throws LabError `table-unreadable` beyond {@link tableLimits}
 */
export function* readSpacedTable(file: string, text: string, lineCount: number): Steps<Table | null> {
  const first = findRows(text);
  if (first === null) return null;
  const names = first === 0 ? ['partition'] : split(text.split('\n', first)[first - 1]!);
  const builder = createTableBuilder(file, ['image_id', ...names], lineCount);
  let [at, number] = [0, 0];
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at += line.length + 1;
    number++;
    if (number % rowsPerStep === 0) yield;
    if (number <= first || line.trim() === '') continue;
    if (line.length > tableLimits.rowLetters) throw beyondTableLimit(file, 'rowLetters', line.length, { row: number });
    const cells = split(line);
    if (cells.length === names.length + 1) builder.add(cells, number);
    else {
      const counts = `${cells.length} cells, the header has ${names.length + 1}`;
      builder.findings.note('uneven-row', `row ${number}: ${counts}`);
    }
  }
  return builder.finish();
}

/** Line at which the rows begin: 0 without a header, 2 with the count and the names above; null when it is neither. */
export function findRows(text: string): number | null {
  const lines = text.split('\n', 3);
  const isRow = (line: string | undefined, cells: number) => {
    const found = split(line ?? '');
    return found.length === cells && imageName.test(found[0]!);
  };
  if (isRow(lines[0], 2) && /^\d+$/.test(split(lines[0]!)[1]!)) return 0;
  const names = split(lines[1] ?? '');
  return /^\s*\d+\s*$/.test(lines[0] ?? '') && names.length > 0 && isRow(lines[2], names.length + 1) ? 2 : null;
}

function split(line: string): string[] {
  return line.trim().split(/\s+/);
}
