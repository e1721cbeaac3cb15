import { createFindingLog, type FindingLog } from '../foundation/findingLog';
import type { Table, TableColumn } from './table';
import { type TableFindingKind, tableFindingSentences } from './tableFinding';
import { beyondTableLimit, tableLimits } from './tableLimits';

const firstCapacity = 1024;

/** Takes rows one by one and keeps them by column. */
export interface TableBuilder {
  /** Adds a row. @param cells one text per column, empty where there are fewer. @throws LabError `table-unreadable` */
  add(cells: readonly string[], rowNumber: number): void;
  /** Whether a text stands in a column already. @param column counted from 0 */
  holds(column: number, text: string): boolean;
  findings: FindingLog<TableFindingKind>;
  finish(): Table;
}

/**
 * A name that is there already gets a number, and a column without a name is called by its position: two columns of one
 * name could not be told apart.
 */
function distinctNames(names: readonly string[], note: (text: string) => void): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name, index) => {
    const wanted = name === '' ? `column ${index + 1}` : name;
    let distinct = wanted;
    let count = counts.get(wanted) ?? 1;
    while (taken.has(distinct)) distinct = `${wanted} (${++count})`;
    counts.set(wanted, count);
    if (distinct !== wanted) note(`${wanted} in column ${index + 1} is now ${distinct}`);
    taken.add(distinct);
    return distinct;
  });
}

/**
 * @param names of the columns, in their order; empty for a column without one
 * @param mostRows as many as there can be, where that is known
 * @throws LabError `table-unreadable` beyond {@link tableLimits}
 */
export function createTableBuilder(file: string, names: readonly string[], mostRows = 0): TableBuilder {
  if (names.length > tableLimits.columns) throw beyondTableLimit(file, 'columns', names.length);
  if (names.length * mostRows > tableLimits.cells) throw beyondTableLimit(file, 'cells', names.length * mostRows);
  const findings = createFindingLog(tableFindingSentences);
  const columns = distinctNames(names, (text) => findings.note('column-renamed', text)).map((name, index) =>
    createColumn({ name, position: index + 1, givenName: names[index]! }),
  );
  let rowCount = 0;
  let rowNumbers = new Int32Array(firstCapacity);
  return {
    findings,
    add(cells, rowNumber) {
      if (rowCount === rowNumbers.length) rowNumbers = doubled(rowNumbers);
      rowNumbers[rowCount] = rowNumber;
      for (let index = 0; index < columns.length; index++) {
        const cell = cells[index] ?? '';
        if (cell.length > tableLimits.cellLetters) {
          throw beyondTableLimit(file, 'cellLetters', cell.length, { row: rowNumber });
        }
        columns[index]!.add(cell, rowCount);
      }
      rowCount++;
    },
    holds: (column, text) => columns[column]?.holds(text) ?? false,
    finish: () => ({
      file,
      rowCount,
      rowNumbers: rowNumbers.slice(0, rowCount),
      columns: columns.map((column) => column.finish(rowCount)),
      findings: findings.list(),
    }),
  };
}

function createColumn(head: Pick<TableColumn, 'name' | 'position' | 'givenName'>) {
  const codeOf = new Map<string, number>();
  const values: string[] = [];
  let codes = new Int32Array(firstCapacity);
  /** Rows mostly come in runs. */
  let [lastCell, lastCode]: [string | null, number] = [null, 0];
  return {
    add(cell: string, row: number) {
      let code = cell === lastCell ? lastCode : codeOf.get(cell);
      if (code === undefined) {
        code = values.length;
        values.push(cell);
        codeOf.set(cell, code);
      }
      [lastCell, lastCode] = [cell, code];
      if (row === codes.length) codes = doubled(codes);
      codes[row] = code;
    },
    holds: (text: string) => codeOf.has(text),
    finish: (rowCount: number): TableColumn => ({ ...head, values, codes: codes.slice(0, rowCount) }),
  };
}

function doubled(codes: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(codes.length * 2);
  larger.set(codes);
  return larger;
}
