import type { Finding } from '../foundation/findingLog';

/** What is noticed when a table is read, with its sentence for so many of them. Named here and nowhere else. */
export const tableFindingSentences = {
  // rows that are not used
  'uneven-row': (n: number) =>
    `${rows(n)} with more or fewer cells than the header, left out. A cell that holds a separator needs quotation marks.`,
  'repeated-header': (n: number) => `${rows(n)} that repeat the header, left out.`,
  'blank-row': (n: number) => `${rows(n)} of separators or dashes only, left out.`,
  'footer-row': (n: number) => `${rows(n)} of totals at the end of a table, left out.`,
  // lines that are no rows
  'comment-line': (n: number) => `${lines(n)} of comment in a table, passed over.`,
  'title-line': (n: number) => `${lines(n)} above the column names of a table, passed over.`,
  // columns and cells
  'column-renamed': (n: number) =>
    `${n} column${n === 1 ? '' : 's'} with a name that is there already, renamed with a number.`,
  'column-unnamed': (n: number) => `${n} column${n === 1 ? '' : 's'} without a name, called by the position.`,
  'header-in-comment': (n: number) => `${lines(n)} of comment that names the columns, read as the header.`,
  'header-doubtful': (n: number) =>
    `${n} table${n === 1 ? '' : 's'} whose first row holds values rather than names: without a header, that row is missing from the rows.`,
  'formula-guard': (n: number) =>
    `${n} cell${n === 1 ? '' : 's'} with an apostrophe before =, +, -, @ or #, which keeps programs from reading them as formulas or comments, read without it.`,
  'decimal-comma': (n: number) => `${n} column${n === 1 ? '' : 's'} of numbers with decimal commas, read as decimals.`,
  'encoding-assumed': (n: number) =>
    `${n} table${n === 1 ? '' : 's'} not in UTF-8, read as Windows-1252. Look at letters such as ä and é.`,
  'broken-letters': (n: number) => `${n} letter${n === 1 ? '' : 's'} that could not be read, shown as �.`,
} as const satisfies Record<string, (count: number) => string>;

export type TableFindingKind = keyof typeof tableFindingSentences;
export type TableFinding = Finding<TableFindingKind>;

/** Findings that count rows which were set aside: a table's rows are those it has and these. */
export const rowsSetAsideKinds = [
  'uneven-row',
  'repeated-header',
  'blank-row',
  'footer-row',
] as const satisfies readonly TableFindingKind[];

/** Why they were, in a list of reasons. */
export const setAsideWords: Record<(typeof rowsSetAsideKinds)[number], string> = {
  'uneven-row': 'more or fewer cells than the header',
  'repeated-header': 'the header again',
  'blank-row': 'nothing but separators or dashes',
  'footer-row': 'totals at the end',
};

/** How many rows of the file were set aside when it was read. */
export function countSetAside(findings: readonly Finding<string>[]): number {
  const kinds: readonly string[] = rowsSetAsideKinds;
  return findings.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { count }) => sum + count, 0);
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

function lines(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}
