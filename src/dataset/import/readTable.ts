import Papa from 'papaparse';
import { LabError } from '../../foundation/labError';
import type { SourceFile } from './sourceFile';

/** A table with named columns. All cells are text, without blanks around them. */
export interface Table {
  file: string;
  columns: string[];
  /** One array per row, one cell per column. */
  rows: string[][];
}

/**
 * Reads a CSV or TSV: with or without a byte order mark, any line ends, quoted cells, any of the usual separators.
 * Columns without a name (the row numbers that pandas writes) and empty rows are left out.
 * @throws LabError `table-unreadable`; `zip-unreadable` when it lies in a zip that cannot be read
 */
export async function readTable(source: SourceFile): Promise<Table> {
  const bytes = new Uint8Array(await (await source.read()).arrayBuffer());
  const { data, errors } = Papa.parse<string[]>(decodeText(bytes), {
    delimiter: /\.tsv$/i.test(source.path) ? '\t' : '',
    skipEmptyLines: 'greedy',
  });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) {
    const row = (broken.row ?? 0) + 1;
    throw unreadable(source.path, `the quotation marks in row ${row} do not match (${broken.message})`, { row });
  }
  const [header, ...body] = data;
  if (!header || body.length === 0) throw unreadable(source.path, 'it has no rows under its header', {});
  const names = header.map((name) => name.trim());
  const kept = names.flatMap((name, index) => (name === '' ? [] : [index]));
  const columns = kept.map((index) => names[index]!);
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw unreadable(source.path, `two columns are named "${twice}"`, { column: twice });
  return { file: source.path, columns, rows: body.map((row) => kept.map((index) => row[index]?.trim() ?? '')) };
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
