import type { JobContext } from '../foundation/jobContext';
import { type Steps, workAtOnce, workInSteps } from '../foundation/workInSteps';
import { countLines } from './countLines';
import { createRowReader } from './createRowReader';
import { detectSeparator } from './detectSeparator';
import { takeHeadLines } from './headLines';
import { readSpacedTable } from './readSpacedTable';
import { readText, refuseForeign } from './readText';
import { splitLines } from './splitLines';
import type { Table } from './table';
import { beyondTableLimit, tableLimits } from './tableLimits';
import { tableUnreadable } from './tableUnreadable';

/**
 * Reads any text table, known by its content: separated by commas, semicolons, tabs, bars or blanks (or by what a first
 * line `sep=;` names); UTF-8 or UTF-16 with or without a byte order mark, or Windows-1252; any line ends; quoted cells;
 * decimal commas; comment and title lines above the header; CelebA's text files. What else is odd is set aside, counted and
 * named in the table's findings: a row with too few cells, or with more that are not blank (an unquoted comma would shift
 * its columns), one that repeats the header, one of separators only, and totals at the end. Row numbers without a name, as
 * pandas writes them, and columns that are wholly empty and have no name are no columns.
 *
 * It breathes while it reads, so that a large table can be cancelled; {@link tableLimits} bounds what any file can cost.
 *
 * @param file path for messages; its ending decides nothing that the content says
 * @throws LabError `table-unreadable` with the row, the limit, or the program whose file it is; `cancelled`
 */
export function readTable(file: string, bytes: Uint8Array, context: Pick<JobContext, 'breathe'>): Promise<Table> {
  return workInSteps(tableSteps(file, bytes), context);
}

/** {@link readTable} in one go, for small tables. */
export function readTableAtOnce(file: string, bytes: Uint8Array): Table {
  return workAtOnce(tableSteps(file, bytes));
}

function* tableSteps(file: string, bytes: Uint8Array): Steps<Table> {
  refuseForeign(file, bytes);
  const lineCount = yield* countLines(file, bytes);
  const { text, findings } = yield* readText(file, bytes);
  const spaced = yield* readSpacedTable(file, text, lineCount);
  if (spaced) return spaced;
  const head = yield* takeHeadLines(text);
  const separator = head.separator ?? detectSeparator(head.lines) ?? ',';
  const rows = createRowReader(file, separator, lineCount);
  for (const [kind, example, count] of [...findings, ...head.findings]) rows.note(kind, example, count);
  const numberOf = (number: number) => number + head.firstNumber - 1;
  yield* splitLines(head.lines, separator, {
    take: (cells, number) => rows.take(cells, numberOf(number)),
    broken(reason, number) {
      const row = numberOf(number);
      throw tableUnreadable(file, `the quotation marks in row ${row} do not match (${reason})`, { row });
    },
    tooLong(number) {
      throw beyondTableLimit(file, 'rowLetters', tableLimits.rowLetters, { row: numberOf(number), isAtLeast: true });
    },
  });
  return yield* rows.finish();
}
