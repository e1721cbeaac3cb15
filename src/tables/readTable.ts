import { createRowReader } from './createRowReader';
import { detectSeparator } from './detectSeparator';
import { takeHeadLines } from './headLines';
import { readSpacedTable } from './readSpacedTable';
import { readText } from './readText';
import { splitLines } from './splitLines';
import type { Table } from './table';
import { tableUnreadable } from './tableUnreadable';

/**
 * Reads any text table, known by its content: separated by commas, semicolons, tabs, bars or blanks (or by what a first
 * line `sep=;` names); UTF-8 or UTF-16 with or without a byte order mark, or Windows-1252; any line ends; quoted cells;
 * decimal commas; comment and title lines above the header; CelebA's text files. What else is odd is set aside, counted and
 * named in the table's findings: a row with too few cells, or with more that are not blank (an unquoted comma would shift
 * its columns), one that repeats the header, one of separators only, and totals at the end. Row numbers without a name, as
 * pandas writes them, and columns that are wholly empty and have no name are no columns.
 *
 * @param file path for messages; its ending decides nothing that the content says
 * @throws LabError `table-unreadable` with the row, or with the program whose file it is
 */
export function readTable(file: string, bytes: Uint8Array): Table {
  const { text, findings } = readText(file, bytes);
  const spaced = readSpacedTable(file, text);
  if (spaced) return spaced;
  const head = takeHeadLines(text);
  const separator = head.separator ?? detectSeparator(head.lines) ?? ',';
  const rows = createRowReader(file, separator);
  for (const [kind, example, count] of [...findings, ...head.findings]) rows.note(kind, example, count);
  const numberOf = (number: number) => number + head.firstNumber - 1;
  splitLines(head.lines, separator, {
    take: (cells, number) => rows.take(cells, numberOf(number)),
    broken(reason, number) {
      const row = numberOf(number);
      throw tableUnreadable(file, `the quotation marks in row ${row} do not match (${reason})`, { row });
    },
  });
  return rows.finish();
}
