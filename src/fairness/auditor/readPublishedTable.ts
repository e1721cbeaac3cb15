import { LabError } from '../../foundation/labError';
import { type ColumnMeaning, columnMeaning } from './columnMeaning';
import { type PrintedNumber, readPrintedNumber } from './printedNumber';
import type { PublishedCriterion, PublishedQuantity, PublishedRow } from './publishedTable';
import { type NamedTable, splitTables } from './splitTables';

/** What was read of a published text, and what was passed over. */
export interface PublishedTables {
  rows: PublishedRow[];
  /** Columns whose name says nothing that can be checked. */
  unusedColumns: string[];
  /** Cells of used columns that hold text but no number: where, and the text. */
  unreadableCells: { table: string; method: string; column: string; text: string }[];
}

/**
 * Reads tables as they are printed in papers: a row per method with columns like `F1 Avg`, `Eopp1`, `FATE Eopp1`; or, as
 * in the paper's own layout, several rows per method, one per group and one each for Avg. and Diff. The digits are kept
 * as printed.
 *
 * @throws LabError `table-unreadable` as {@link splitTables} does; `column-missing` when no column holds a quantity or a
 * criterion
 */
export function readPublishedTable(text: string): PublishedTables {
  const read: PublishedTables = { rows: [], unusedColumns: [], unreadableCells: [] };
  for (const table of splitTables(text)) readTable(table, read);
  return read;
}

function readTable(table: NamedTable, read: PublishedTables): void {
  const meanings = nameColumns(table);
  if (!meanings.some(({ kind }) => kind === 'quantity' || kind === 'criterion')) throw nothingToCheck(table);
  read.unusedColumns.push(...table.header.filter((name, column) => meanings[column]!.kind === 'none' && name !== ''));
  let row: PublishedRow | null = null;
  for (const cells of table.rows) {
    const text = (kind: 'table' | 'method' | 'baseline' | 'group') =>
      cells[meanings.findIndex((meaning) => meaning.kind === kind)] ?? '';
    const method = stripMarks(text('method'));
    // In the layout with a row per group, the method stands in the first of its rows or in all of them.
    if (!row || !text('group') || (method !== '' && method !== row.method)) {
      row = { table: text('table') || table.name, method, baseline: null, quantities: new Map(), criteria: new Map() };
      read.rows.push(row);
    }
    row.baseline ??= stripMarks(text('baseline')) || null;
    const part = text('group') === '' ? null : groupPart(text('group'));
    readCells(row, { cells, header: table.header, meanings, part }, read);
  }
}

function nameColumns({ header, rows }: NamedTable): ColumnMeaning[] {
  const meanings: ColumnMeaning[] = [];
  for (const [column, name] of header.entries()) {
    const meaning = columnMeaning(name, meanings.at(-1));
    // Only the layout with a row per group has its Avg. and Diff in such a column.
    const hasParts = () => rows.some((cells) => groupPart(cells[column]!) !== 'group');
    meanings.push(meaning.kind === 'group' && !hasParts() ? { kind: 'none' } : meaning);
  }
  // A table's first column names the methods, whatever it is called.
  if (!meanings.some(({ kind }) => kind === 'method')) {
    const first = meanings.findIndex(({ kind }) => kind === 'none');
    if (first >= 0) meanings[first] = { kind: 'method' };
  }
  return meanings;
}

interface RowCells {
  cells: string[];
  header: string[];
  meanings: ColumnMeaning[];
  /** What the row holds of a quantity, in the layout with a row per group. */
  part: 'avg' | 'diff' | 'group' | null;
}

function readCells(row: PublishedRow, { cells, header, meanings, part }: RowCells, read: PublishedTables): void {
  const number = (text: string, column: number, scale: number) => {
    const printed = readPrintedNumber(text, scale);
    if (!printed && !/^[-–—−/]*$/.test(text)) {
      read.unreadableCells.push({ table: row.table, method: row.method, column: header[column]!, text });
    }
    return printed;
  };
  for (const [column, meaning] of meanings.entries()) {
    const text = cells[column]!;
    if (meaning.kind === 'quantity') {
      const own = meaning.part === 'plain' ? (part ?? 'avg') : meaning.part;
      addQuantity(quantityOf(row, meaning.name), own, number(text, column, meaning.scale));
    }
    if (meaning.kind === 'criterion' && text !== '') {
      const criterion = criterionOf(row, meaning.name);
      const [first = '', second = ''] = meaning.part === 'both' ? text.split('/') : [text];
      if (meaning.part === 'fate') criterion.fate ??= number(first, column, meaning.scale);
      else criterion.value ??= number(first, column, meaning.scale);
      if (meaning.part === 'both') criterion.fate ??= number(second, column, 1);
    }
  }
}

function addQuantity(quantity: PublishedQuantity, part: 'avg' | 'diff' | 'group', number: PrintedNumber | null): void {
  if (part === 'group') quantity.groups.push(number);
  else quantity[part] ??= number;
}

function quantityOf(row: PublishedRow, name: string): PublishedQuantity {
  const known = row.quantities.get(name);
  if (known) return known;
  const quantity: PublishedQuantity = { groups: [], avg: null, diff: null };
  row.quantities.set(name, quantity);
  return quantity;
}

function criterionOf(row: PublishedRow, name: string): PublishedCriterion {
  const known = row.criteria.get(name);
  if (known) return known;
  const criterion: PublishedCriterion = { value: null, fate: null };
  row.criteria.set(name, criterion);
  return criterion;
}

function groupPart(text: string): 'avg' | 'diff' | 'group' {
  if (/^(avg|average|mean|overall)\b/i.test(text)) return 'avg';
  return /^(diff|Δ|∆)/i.test(text) ? 'diff' : 'group';
}

function stripMarks(text: string): string {
  return text.replaceAll(/\*\*|__/g, '').trim();
}

function nothingToCheck({ name, header }: NamedTable): LabError {
  return new LabError({
    code: 'column-missing',
    stage: 'reading the published table',
    message: `No column of the table${name ? ` "${name}"` : ''} holds a quantity that can be checked; it has ${header.map((text) => `"${text}"`).join(', ')}.`,
    hint: 'Name columns like "F1 Avg", "F1 Diff", "F1 dark", "Eopp1" and "FATE Eopp1".',
  });
}
