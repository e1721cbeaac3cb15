import { type Steps, workAtOnce } from '../foundation/workInSteps';
import { detectSeparator } from './detectSeparator';
import { type Separator, splitLines } from './splitLines';
import type { TableFindingKind } from './tableFinding';

/** A table's text without what stands above its header. */
export interface HeadLines {
  lines: string;
  /** Line of the file at which `lines` begins, counted from 1. */
  firstNumber: number;
  /** What a line `sep=;` names; null without one. */
  separator: Separator | null;
  findings: [TableFindingKind, string, number][];
}

const comment = /^\s*(#|%|\/\/)/;
const rowsLookedAt = 50;
const lettersLookedAt = 100_000;

/**
 * Takes the `sep=` line of spreadsheets and comment lines from the top of a table. A comment that names the columns (as
 * NumPy writes `# label,prediction`) is the header.
 *
 * @param text line ends are `\n`
 */
export function* takeHeadLines(text: string): Steps<HeadLines> {
  const named = /^"?sep=(.)"?\1*[ \t]*\n/i.exec(text);
  const comments: string[] = [];
  let commentCount = 0;
  let at = named ? named[0].length : 0;
  let number = named ? 2 : 1;
  let last: { at: number; line: string; number: number } | null = null;
  for (;;) {
    const end = text.indexOf('\n', at);
    const line = end < 0 ? text.slice(at) : text.slice(at, end);
    if (end < 0 || !(comment.test(line) || line.trim() === '')) break;
    if (line.trim() !== '') {
      last = { at, line, number };
      commentCount++;
      if (comments.length < mostExamples) comments.push(`line ${number}: ${line.trim().slice(0, maxExample)}`);
    }
    at = end + 1;
    number++;
    if (number % linesPerStep === 0) yield;
  }
  const separator = named?.[1] ?? null;
  const lines = text.slice(at);
  if (!last || !isHeader(last.line, lines, separator ?? detectSeparator(lines))) {
    return { lines, firstNumber: number, separator, findings: count(comments, commentCount) };
  }
  const header = last.line.replace(/^\s*(#|%|\/\/)(?= *[^\s,;|]) */, '');
  const between = text.slice(last.at + last.line.length, at);
  return {
    lines: `${header}${between}${lines}`,
    firstNumber: last.number,
    separator,
    findings: [
      ...count(comments.slice(0, commentCount - 1), commentCount - 1),
      ['header-in-comment', `line ${last.number}`, 1],
    ],
  };
}

const maxExample = 60;
const mostExamples = 10;
const linesPerStep = 10_000;

/** Each example for itself, the last one for all others. */
function count(comments: readonly string[], total: number): HeadLines['findings'] {
  return comments.map((comment, index) => {
    const others = index === comments.length - 1 ? total - comments.length : 0;
    return ['comment-line', comment, 1 + others];
  });
}

/** Whether a comment has a cell for each cell of the first row, and that row is one of values, not of names. */
function isHeader(line: string, lines: string, separator: Separator | null): boolean {
  if (separator === null) return false;
  const [names] = split(line.replace(comment, ''), separator, 1);
  const [first, ...rows] = split(lines.slice(0, lettersLookedAt), separator, rowsLookedAt).filter((cells) =>
    cells.some((cell) => cell !== ''),
  );
  if (!first || !names || names.length !== first.length || names.length < 2) return false;
  const isValue = (cell: string, column: number) =>
    (cell !== '' && Number.isFinite(Number(cell.replace(',', '.')))) || rows.some((row) => row[column] === cell);
  return first.some((cell, column) => cell !== '' && isValue(cell, column));
}

function split(text: string, separator: Separator, most: number): string[][] {
  const rows: string[][] = [];
  const broken = (): never => {
    throw stopped;
  };
  try {
    workAtOnce(splitLines(text, separator, { take: (cells) => void rows.push(cells), broken, tooLong: broken }, most));
  } catch (error) {
    if (error !== stopped) throw error;
  }
  return rows;
}

const stopped = new Error('quotes that do not match');
