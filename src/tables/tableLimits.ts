import { LabError } from '../foundation/labError';

/**
 * The largest table that is read. Each is beyond any table about images; together they bound the time and the memory that a
 * file can cost that was made to cost much.
 */
export const tableLimits = {
  bytes: 384 * 2 ** 20,
  lines: 5_000_000,
  columns: 10_000,
  /** Lines × columns. */
  cells: 32_000_000,
  /** Letters of a row, with the quotation marks. */
  rowLetters: 2 ** 20,
  /** Letters of one cell. Excel itself holds 32,767. */
  cellLetters: 100_000,
  /** Unpacked bytes for each packed one, of a table out of an archive; small ones may be packed tighter. */
  packing: 100,
};

export type TableLimit = keyof typeof tableLimits;

/** Below this many bytes, how tight a table is packed does not matter. */
export const smallTableBytes = 8 * 2 ** 20;

const limitWords: Record<TableLimit, (found: string, limit: string) => string> = {
  bytes: (found, limit) => `it has ${found} bytes, and ${limit} are read`,
  lines: (found, limit) => `it has ${found} lines, and ${limit} are read`,
  columns: (found, limit) => `it has ${found} columns, and ${limit} are read`,
  cells: (found, limit) => `its lines and columns make ${found} cells, and ${limit} are read`,
  rowLetters: (found, limit) =>
    `a row has ${found} letters, and ${limit} are read; a quotation mark may not be closed, or line ends are missing`,
  cellLetters: (found, limit) =>
    `a cell has ${found} letters, and ${limit} are read; a quotation mark may not be closed`,
  packing: (found, limit) =>
    `it is packed so that one byte becomes ${found}, and ${limit} are read; no table of real data packs so tight`,
};

/**
 * The error for a table that goes beyond a limit.
 * @param found how much it has; `isAtLeast` when it was not read further
 * @param where row of the file, counted from 1, where there is one
 */
export function beyondTableLimit(
  file: string,
  limit: TableLimit,
  found: number,
  { row, isAtLeast = false }: { row?: number; isAtLeast?: boolean } = {},
): LabError {
  const number = (value: number) => Math.floor(value).toLocaleString('en-GB');
  const what = limitWords[limit](
    `${isAtLeast ? 'more than ' : ''}${number(found)}`,
    `at most ${number(tableLimits[limit])}`,
  );
  return new LabError({
    code: 'table-unreadable',
    message: `${file} cannot be read as a table: ${row === undefined ? '' : `in row ${row}, `}${what}.`,
    hint: 'Leave out the rows and columns that are not needed, or correct it, and save it as CSV (UTF-8). If it came from elsewhere, it may be made to do harm.',
    details: { file, limit, found: Math.floor(found), most: tableLimits[limit], ...(row !== undefined && { row }) },
  });
}
