import { createFindingLog } from '../foundation/findingLog';
import type { Steps } from '../foundation/workInSteps';
import { createTableBuilder, type TableBuilder } from './createTableBuilder';
import { isMissing } from './isMissing';
import { isComment, isFooter, isRowNumbers, isRule } from './oddRows';
import { blanks, type Separator, wideBlanks } from './splitLines';
import type { Table, TableColumn } from './table';
import { type TableFindingKind, tableFindingSentences } from './tableFinding';
import { tableUnreadable } from './tableUnreadable';
import { toDecimalPoints } from './toDecimalPoints';

/** Takes the rows of a text: the first names the columns, the others are checked against it. */
export interface RowReader {
  /** @throws LabError `table-unreadable` beyond the limits of `tableLimits.ts` */
  take(cells: string[], number: number): void;
  note(kind: TableFindingKind, example: string, count?: number): void;
  /** @throws LabError `table-unreadable` when no row could be used */
  finish(): Steps<Table>;
}

interface Header {
  names: string[];
  /** Position of the last column that has a name. */
  lastNamed: number;
  builder: TableBuilder;
}

/** So many rows of one cell are the rows of a table with one column, and no titles above another. */
const mostTitles = 1000;

/** @param lineCount of the file: with more rows than lines it cannot be */
export function createRowReader(file: string, separator: Separator, lineCount: number): RowReader {
  const noted = createFindingLog(tableFindingSentences);
  let titles: { cells: string[]; number: number }[] = [];
  let header: Header | null = null;
  let rowCount = 0;
  let firstUneven: { number: number; cellCount: number } | null = null;
  /** Whether the row taken last is a footer is known when no other follows. */
  let last: { cells: string[]; number: number } | null = null;
  const { note } = noted;

  function open(names: string[]): Header {
    return {
      names,
      lastNamed: Math.max(
        0,
        names.findLastIndex((name) => name !== ''),
      ),
      builder: createTableBuilder(file, names, lineCount),
    };
  }

  function add({ builder }: Header, { cells, number }: { cells: string[]; number: number }) {
    builder.add(cells, number);
    rowCount++;
  }

  return {
    note,
    take(cells, number) {
      if (cells.every((cell) => cell === '')) {
        if (cells.length > 1 && header) note('blank-row', `row ${number}`);
        return;
      }
      if (!header) {
        // A title has its first cell alone; a header that has is that of a table with one column.
        if (cells.slice(1).every((cell) => cell === '')) {
          titles.push({ cells, number });
          if (titles.length > mostTitles) {
            [header, last] = openSingle(titles);
            titles = [];
          }
          return;
        }
        header = open(cells);
        for (const title of titles) note('title-line', `line ${title.number}: ${title.cells.join(' ').trim()}`);
        titles = [];
        return;
      }
      if (rowCount === 0 && !last && isBlank(separator) && cells.length === header.names.length + 1) {
        header = open(['', ...header.names]);
      }
      const { names, lastNamed } = header;
      const isEven = cells.length > lastNamed && cells.slice(names.length).every((cell) => cell === '');
      if (isRule(cells)) note('blank-row', `row ${number}`);
      else if (isComment(cells, isEven)) note('comment-line', `line ${number}: ${cells.join(' ')}`);
      else if (cells.length === names.length && cells.every((cell, column) => cell === names[column])) {
        note('repeated-header', `row ${number}`);
      } else if (isEven) {
        if (last) add(header, last);
        last = { cells, number };
      } else {
        note('uneven-row', `row ${number}: ${cells.length} cells, the header has ${names.length}`);
        firstUneven ??= { number, cellCount: cells.length };
      }
    },
    *finish() {
      if (!header) [header, last] = openSingle(titles);
      if (header && last) {
        const { builder } = header;
        if (rowCount > 0 && isFooter(last.cells, (column, text) => builder.holds(column, text))) {
          note('footer-row', `row ${last.number}: ${last.cells.filter((cell) => cell !== '').join(', ')}`);
        } else add(header, last);
      }
      if (header && rowCount > 0) {
        header.builder.findings.copy(noted.list());
        return yield* tidy(header.builder);
      }
      if (!header || !firstUneven) throw tableUnreadable(file, 'it has no rows under its header', {});
      const counts = `row ${firstUneven.number} has ${firstUneven.cellCount} cells, the header ${header.names.length}`;
      throw tableUnreadable(file, `none of its rows has as many cells as its header: ${counts}`, {
        row: firstUneven.number,
      });
    },
  };

  /** A table of one column: what looked like titles are its name and its rows. */
  function openSingle(lines: typeof titles): [Header | null, typeof last] {
    const [name, ...rows] = lines;
    if (!name) return [null, null];
    const single = open(name.cells);
    for (const row of rows.slice(0, -1)) add(single, row);
    return [single, rows.at(-1) ?? null];
  }
}

function isBlank(separator: Separator): boolean {
  return separator === blanks || separator === wideBlanks;
}

/** Takes columns out that say nothing, names those without a name, and writes decimals with points. */
function* tidy(builder: TableBuilder): Steps<Table> {
  const table = builder.finish();
  yield;
  const kept = table.columns.filter((column) => column.givenName !== '' || !saysNothing(column));
  for (const column of kept) if (column.givenName === '') builder.findings.note('column-unnamed', column.name);
  if (2 * kept.filter(isNamedAsValue).length > kept.length) {
    builder.findings.note('header-doubtful', kept.map(({ name }) => name).join(', '));
  }
  const columns: TableColumn[] = [];
  for (const column of kept) {
    const values = toDecimalPoints(column.values, isMissing);
    if (values) builder.findings.note('decimal-comma', column.name);
    columns.push(values ? { ...column, values } : column);
    yield;
  }
  return { ...table, columns, findings: builder.findings.list() };
}

/** Whether a column is called like one of its values, or by a number. */
function isNamedAsValue({ givenName, values }: TableColumn): boolean {
  return givenName !== '' && (Number.isFinite(Number(givenName)) || values.includes(givenName));
}

function saysNothing(column: TableColumn): boolean {
  return column.values.every((value) => value === '') || (column.position === 1 && isRowNumbers(column));
}
