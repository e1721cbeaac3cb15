import Papa from 'papaparse';
import { LabError } from '../../foundation/labError';

/** A table of texts with its name, before its columns are understood. */
export interface NamedTable {
  /** Heading above it; empty when there is none. */
  name: string;
  header: string[];
  /** One cell per column, without surrounding spaces. */
  rows: string[][];
}

/**
 * Cuts a text into tables: Markdown tables, each named by the line of text above it, or otherwise one CSV separated by
 * commas, semicolons or tabs.
 *
 * @throws LabError `table-unreadable` when there is no table with rows, or a row has another number of cells
 */
export function splitTables(text: string): NamedTable[] {
  const tables = /^\s*\|.*\|\s*$/m.test(text) ? markdownTables(text) : [csvTable(text)];
  if (!tables.some(({ rows }) => rows.length > 0)) throw unreadable('The text holds no table with rows.');
  for (const { header, rows, name } of tables) {
    const uneven = rows.findIndex((cells) => cells.length !== header.length);
    if (uneven >= 0) {
      throw unreadable(
        `Row ${uneven + 1} below the column names${name ? ` of "${name}"` : ''} has ${rows[uneven]!.length} cells; there are ${header.length} columns.`,
      );
    }
  }
  return tables;
}

function markdownTables(text: string): NamedTable[] {
  const tables: NamedTable[] = [];
  let name = '';
  let open: NamedTable | null = null;
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    if (!line.startsWith('|')) {
      open = null;
      if (line !== '') name = line.replaceAll(/^#+\s*|[*_]/g, '');
      continue;
    }
    const cells = markdownCells(line);
    if (open) {
      if (!cells.every((cell) => /^:?-+:?$/.test(cell))) open.rows.push(cells);
    } else {
      open = { name, header: cells, rows: [] };
      tables.push(open);
    }
  }
  return tables;
}

function markdownCells(line: string): string[] {
  return line
    .replaceAll(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll('\\|', '|').trim());
}

function csvTable(text: string): NamedTable {
  const { data, errors } = Papa.parse<string[]>(text.trim(), { skipEmptyLines: 'greedy' });
  const broken = errors.find(({ type }) => type !== 'Delimiter');
  if (broken) throw unreadable(`Row ${(broken.row ?? 0) + 1} of the table cannot be read: ${broken.message}.`);
  const [header = [], ...rows] = data.map((cells) => cells.map((cell) => cell.trim()));
  return { name: '', header, rows };
}

function unreadable(message: string): LabError {
  return new LabError({
    code: 'table-unreadable',
    stage: 'reading the published table',
    message,
    hint: 'Give a CSV or Markdown table: column names first, then one row per method, with as many cells in every row.',
  });
}
