import Papa from 'papaparse';
import type { SourceFile } from '../import/sourceFile';
import { createTableBuilder, type TableBuilder } from './createTableBuilder';
import { decodeText } from './decodeText';
import type { Table } from './table';
import { tableUnreadable } from './tableUnreadable';

/**
 * Reads a CSV or TSV: with or without a byte order mark, any line ends, quoted cells, any of the usual separators (or the
 * one that a spreadsheet's first line `sep=;` names), UTF-8, UTF-16 or Windows-1252. Columns without a name (the row
 * numbers that pandas writes) and blank rows are left out. A row with too few cells, or with more that are not blank, is
 * set aside: an unquoted comma would shift its columns. So is one that repeats the header, where files were put together.
 *
 * @throws LabError `table-unreadable`; `zip-unreadable` when it lies in a zip that cannot be read
 */
export async function readTable(source: SourceFile): Promise<Table> {
  const file = source.path;
  const whole = decodeText(new Uint8Array(await (await source.read()).arrayBuffer()));
  const named = /^\uFEFF?sep=(.)\r?\n/i.exec(whole);
  const text = named ? whole.slice(named[0].length) : whole;
  const delimiter = named?.[1] ?? (/\.tsv$/i.test(file) ? '\t' : detectDelimiter(text));
  const rows = createRowReader(file);
  let number = named ? 1 : 0;
  Papa.parse<string[]>(text, {
    delimiter,
    skipEmptyLines: false,
    step({ data, errors }) {
      number++;
      const broken = errors.find(({ type }) => type === 'Quotes');
      if (broken) {
        const what = `the quotation marks in row ${number} do not match (${broken.message})`;
        throw tableUnreadable(file, what, { row: number });
      }
      const cells = data.map((cell) => cell.trim());
      if (!isBlank(cells)) rows.take(cells, number);
    },
  });
  return rows.finish();
}

/** The first row names the columns; the others are checked against it. */
function createRowReader(file: string) {
  let header: Header | null = null;
  let firstUneven: { number: number; cellCount: number } | null = null;
  return {
    take(cells: string[], number: number) {
      if (!header) header = openHeader(file, cells);
      else if (cells.length === header.names.length && cells.every((cell, index) => cell === header!.names[index])) {
        header.builder.findings.note('repeated-header', `row ${number}`);
      } else if (cells.length > header.lastNamed && isBlank(cells.slice(header.names.length))) {
        header.builder.add(
          header.kept.map((index) => cells[index]!),
          number,
        );
      } else {
        const counts = `${cells.length} cells, the header has ${header.names.length}`;
        header.builder.findings.note('uneven-row', `row ${number}: ${counts}`);
        firstUneven ??= { number, cellCount: cells.length };
      }
    },
    finish(): Table {
      const table = header?.builder.finish();
      if (table && table.rowCount > 0) return table;
      if (!header || !firstUneven) throw tableUnreadable(file, 'it has no rows under its header', {});
      const counts = `row ${firstUneven.number} has ${firstUneven.cellCount} cells, the header ${header.names.length}`;
      throw tableUnreadable(file, `none of its rows has as many cells as its header: ${counts}`, {
        row: firstUneven.number,
      });
    },
  };
}

interface Header {
  names: string[];
  /** Positions of the columns that have a name. */
  kept: number[];
  lastNamed: number;
  builder: TableBuilder;
}

function openHeader(file: string, names: string[]): Header {
  const kept = names.flatMap((name, index) => (name === '' ? [] : [index]));
  const builder = createTableBuilder(
    file,
    kept.map((index) => names[index]!),
  );
  return { names, kept, lastNamed: kept.at(-1) ?? 0, builder };
}

/** Blank rows tell nothing of the separator, so they are left out here and only here. */
function detectDelimiter(text: string): string {
  return Papa.parse(text.slice(0, delimiterSample), { preview: 20, skipEmptyLines: 'greedy' }).meta.delimiter;
}

const delimiterSample = 100_000;

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '');
}
