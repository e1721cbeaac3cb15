import { LabError } from '../../foundation/labError';
import { canonicalValue } from '../../tables/canonicalValue';
import type { Table, TableColumn } from '../../tables/table';
import { pickColumn, type RecordColumn, rowsDiffer } from './imageRecords';

/** Columns of records while tables are joined. */
export interface GatheredColumns {
  list: RecordColumn[];
  imageCount: number;
  /** The texts of a column, null where the rows of an image differ. @throws LabError `column-missing` */
  textsOf(name: string, forTable: string): (string | null)[];
  /** The columns without values that no image has. */
  finish(): RecordColumn[];
}

export function newColumns(imageCount: number): GatheredColumns {
  const list: RecordColumn[] = [];
  return {
    list,
    imageCount,
    textsOf(name, forTable) {
      const column = list.find((each) => each.name === name);
      if (!column) {
        throw new LabError({
          code: 'column-missing',
          message: `${forTable} cannot be joined: there is no column "${name}" to join it to.`,
          hint: 'Join it by another column, or leave it out.',
          details: { file: forTable, column: name },
        });
      }
      return column.codes.map((code) => (code === rowsDiffer ? null : column.values[code]!));
    },
    finish: () => {
      const all = Array.from({ length: imageCount }, (_, index) => index);
      return list.map((column) => pickColumn(column, all));
    },
  };
}

/**
 * Adds columns of a table. A name that is there already gets the table's name behind it.
 * @param rowsOf rows of each image; an image without any gets empty texts
 */
export function addColumns(
  columns: GatheredColumns,
  table: Table,
  added: readonly TableColumn[],
  rowsOf: readonly (readonly number[])[],
): void {
  for (const column of added) {
    const isTaken = columns.list.some(({ name }) => name === column.name);
    columns.list.push(gather(isTaken ? `${column.name} (${table.file})` : column.name, column, rowsOf));
  }
}

function gather(name: string, { values, codes }: TableColumn, rowsOf: readonly (readonly number[])[]): RecordColumn {
  const canonical = values.map(canonicalValue);
  const empty = values.length;
  return {
    name,
    values: [...values, ''],
    codes: rowsOf.map((rows) => {
      if (rows.length === 0) return empty;
      const first = codes[rows[0]!]!;
      return rows.every((row) => canonical[codes[row]!] === canonical[first]) ? first : rowsDiffer;
    }),
  };
}
