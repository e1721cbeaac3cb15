import Papa from 'papaparse';
import type { Steps } from '../foundation/workInSteps';
import { tableLimits } from './tableLimits';

/** What separates the cells of a line; `blanks` are spaces, as many as there are. */
export type Separator = string;
export const blanks: Separator = 'blanks';
/** Two spaces or more, where cells hold single ones. */
export const wideBlanks: Separator = 'wide blanks';

/** Takes one row after the other. */
export interface RowTaker {
  /** @param number row of the text, counted from 1; a cell over several lines counts once */
  take(cells: string[], number: number): void;
  /** @param reason in words */
  broken(reason: string, number: number): never;
  /** A row that does not end within the limit. */
  tooLong(number: number): never;
}

/** Letters that are cut into rows at a time: some milliseconds of work. */
const pieceLetters = 2 ** 17;

/**
 * Cuts a text into rows of cells, without blanks around them, a piece of some thousand letters in each step. Line ends are
 * `\n`. Empty lines are rows of one empty cell.
 *
 * @param most rows to take, all when left out
 */
export function* splitLines(
  text: string,
  separator: Separator,
  { take, broken, tooLong }: RowTaker,
  most = Number.POSITIVE_INFINITY,
): Steps<void> {
  const split = separator === blanks || separator === wideBlanks ? cutAtBlanks : cutAtSeparator;
  let [at, number, letters] = [0, 0, pieceLetters];
  while (at < text.length && number < most) {
    const isLast = at + letters >= text.length;
    const piece = text.slice(at, at + letters);
    const { rows, used, problem } = split(piece, separator, isLast);
    for (const [index, cells] of rows.entries()) {
      number++;
      if (problem?.row === index) broken(problem.reason, number);
      take(cells, number);
      if (number >= most) return;
    }
    if (used === 0 && !isLast) {
      // A row that goes on beyond the piece.
      if (letters >= tableLimits.rowLetters) tooLong(number + 1);
      letters *= 2;
    } else {
      letters = pieceLetters;
      at += isLast ? piece.length : used;
    }
    yield;
  }
}

/** The whole rows of a piece of text. */
interface CutPiece {
  rows: string[][];
  /** Letters of these rows; what comes after is not whole. */
  used: number;
  /** The first row whose quotation marks do not match, counted from 0. */
  problem?: { row: number; reason: string };
}

function cutAtSeparator(piece: string, separator: Separator, isLast: boolean): CutPiece {
  const parser = new Papa.Parser({ delimiter: separator, newline: '\n' });
  const { data, errors, meta } = parser.parse(piece, 0, !isLast) as Papa.ParseResult<string[]>;
  // Quotation marks of a row that is not whole may still be closed.
  const error = errors.find(({ type, row }) => type === 'Quotes' && row !== undefined && row < data.length);
  return {
    rows: data.map((row) => row.map((cell) => cell.trim())),
    used: meta.cursor,
    ...(error && { problem: { row: error.row!, reason: error.message } }),
  };
}

function cutAtBlanks(piece: string, separator: Separator, isLast: boolean): CutPiece {
  const end = isLast ? piece.length : piece.lastIndexOf('\n') + 1;
  const lines = piece.slice(0, end).split('\n');
  if (!isLast) lines.pop();
  return { rows: lines.map((line) => splitAtBlanks(line, separator)), used: end };
}

function splitAtBlanks(line: string, separator: Separator): string[] {
  const cell = separator === blanks ? /"((?:[^"]|"")*)"|[^\s"]\S*/g : /"((?:[^"]|"")*)"|[^\s"]\S*(?: \S+)*/g;
  const cells = [...line.matchAll(cell)].map(([whole, quoted]) => quoted?.replaceAll('""', '"') ?? whole);
  return cells.length > 0 ? cells : [''];
}
