import { createFindingLog } from '../import/findingLog';
import type { Table, TableColumn } from './table';

const firstCapacity = 1024;

/** Takes rows one by one and keeps them by column. */
export interface TableBuilder {
  /** Adds a row. @param cells one text per column */
  add(cells: readonly string[], rowNumber: number): void;
  findings: ReturnType<typeof createFindingLog>;
  finish(): Table;
}

/** A name that is there already gets a number: two columns of one name could not be told apart. */
function distinctNames(names: readonly string[], note: (name: string) => void): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let count = 2; taken.has(distinct); count++) distinct = `${name} (${count})`;
    if (distinct !== name) note(`${name} is now ${distinct}`);
    taken.add(distinct);
    return distinct;
  });
}

export function createTableBuilder(file: string, names: readonly string[]): TableBuilder {
  const findings = createFindingLog();
  const columns = distinctNames(names, (name) => findings.note('column-renamed', name)).map(createColumn);
  let rowCount = 0;
  let rowNumbers = new Int32Array(firstCapacity);
  return {
    findings,
    add(cells, rowNumber) {
      if (rowCount === rowNumbers.length) rowNumbers = doubled(rowNumbers);
      rowNumbers[rowCount] = rowNumber;
      for (const [index, column] of columns.entries()) column.add(cells[index]!, rowCount);
      rowCount++;
    },
    finish: () => ({
      file,
      rowCount,
      rowNumbers: rowNumbers.slice(0, rowCount),
      columns: columns.map((column) => column.finish(rowCount)),
      findings: findings.list(),
    }),
  };
}

function createColumn(name: string) {
  const codeOf = new Map<string, number>();
  const values: string[] = [];
  let codes = new Int32Array(firstCapacity);
  return {
    add(cell: string, row: number) {
      let code = codeOf.get(cell);
      if (code === undefined) {
        code = values.length;
        values.push(cell);
        codeOf.set(cell, code);
      }
      if (row === codes.length) codes = doubled(codes);
      codes[row] = code;
    },
    finish: (rowCount: number): TableColumn => ({ name, values, codes: codes.slice(0, rowCount) }),
  };
}

function doubled(codes: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(codes.length * 2);
  larger.set(codes);
  return larger;
}
