import Papa from 'papaparse';
import { LabError } from '../../foundation/labError';
import type { SourceFile } from './sourceFile';

/** A table with named columns. All cells are text, without blanks around them. */
export interface Table {
  file: string;
  columns: string[];
  rows: TableRow[];
  /** Rows left out, because it cannot be told which of their cells belongs to which column. */
  unevenRows: { number: number; cellCount: number; expectedCount: number }[];
}

export interface TableRow {
  /** Row in the file, counted from 1; the column names are row 1 where no blank row is above them. Blank rows count. */
  number: number;
  /** One cell per column. */
  cells: string[];
}

/**
 * Reads a CSV or TSV: with or without a byte order mark, any line ends, quoted cells, any of the usual separators.
 * Columns without a name (the row numbers that pandas writes) and blank rows are left out. A row with too few cells, or
 * with more that are not blank, is set aside: an unquoted comma would shift its columns.
 *
 * @throws LabError `table-unreadable`; `zip-unreadable` when it lies in a zip that cannot be read
 */
export async function readTable(source: SourceFile): Promise<Table> {
  const bytes = new Uint8Array(await (await source.read()).arrayBuffer());
  const text = decodeText(bytes);
  const delimiter = /\.tsv$/i.test(source.path) ? '\t' : detectDelimiter(text);
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) {
    const row = (broken.row ?? 0) + 1;
    throw unreadable(source.path, `the quotation marks in row ${row} do not match (${broken.message})`, { row });
  }
  const [header, ...body] = data
    .map((cells, index) => ({ number: index + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => !isBlank(cells));
  if (!header || body.length === 0) throw unreadable(source.path, 'it has no rows under its header', {});
  const names = header.cells;
  const kept = names.flatMap((name, index) => (name === '' ? [] : [index]));
  const columns = kept.map((index) => names[index]!);
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw unreadable(source.path, `two columns are named "${twice}"`, { column: twice });
  const lastNamed = kept.at(-1) ?? 0;
  const isEven = ({ cells }: TableRow) => cells.length > lastNamed && isBlank(cells.slice(names.length));
  const uneven = body.find((row) => !isEven(row));
  if (uneven && !body.some(isEven)) {
    const counts = `row ${uneven.number} has ${uneven.cells.length} cells, the header ${names.length}`;
    throw unreadable(source.path, `none of its rows has as many cells as its header: ${counts}`, {
      row: uneven.number,
    });
  }
  return {
    file: source.path,
    columns,
    rows: body.filter(isEven).map(({ number, cells }) => ({ number, cells: kept.map((index) => cells[index]!) })),
    unevenRows: body
      .filter((row) => !isEven(row))
      .map(({ number, cells }) => ({ number, cellCount: cells.length, expectedCount: names.length })),
  };
}

/** Blank rows tell nothing of the separator, so they are left out here and only here. */
function detectDelimiter(text: string): string {
  return Papa.parse(text, { preview: 1, skipEmptyLines: 'greedy' }).meta.delimiter;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '');
}

/** UTF-8, or UTF-16 by its mark. What is not valid UTF-8 is what a spreadsheet on Windows writes: Windows-1252. */
function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function unreadable(file: string, what: string, details: Record<string, string | number>): LabError {
  return new LabError({
    code: 'table-unreadable',
    message: `${file} cannot be read as a table: ${what}.`,
    hint: 'Open it in a text editor or a spreadsheet, correct it, and save it as CSV (UTF-8).',
    details: { file, ...details },
  });
}
