import { workAtOnce } from '../foundation/workInSteps';
import { blanks, type Separator, splitLines, wideBlanks } from './splitLines';

const sampledLetters = 100_000;
const sampledRows = 60;
/** Below this share of rows with one number of cells, a separator does not separate. */
const leastShare = 0.5;

/** How well a separator divides the first rows of a text. */
interface Fit {
  separator: Separator;
  /** Rows above the one that names the columns. */
  titles: number;
  /** Share of the rows below it that have as many cells. */
  share: number;
  cells: number;
}

/**
 * The separator that gives the most rows one number of cells: comma, semicolon, tab, bar, or blanks where none of these
 * does. A decimal comma in every row is no separator, since the header has none.
 *
 * @param text without comment above its header; line ends are `\n`
 * @returns null when nothing divides the rows
 */
export function detectSeparator(text: string): Separator | null {
  const sample = wholeLines(text);
  const best = (separators: readonly Separator[], isGood: (fit: Fit) => boolean) =>
    separators
      .flatMap((separator) => measure(sample, separator) ?? [])
      .filter(isGood)
      .sort((a, b) => a.titles - b.titles || b.share - a.share || b.cells - a.cells)[0]?.separator;
  return (
    best([',', ';', '\t', '|'], ({ share }) => share >= leastShare) ??
    best([wideBlanks, blanks], ({ share, titles }) => share === 1 && titles === 0) ??
    best([wideBlanks, blanks], ({ share, titles, cells }) => share >= leastShare && titles === 0 && cells >= 3) ??
    null
  );
}

/** The beginning of the text; a line that is cut off is no whole row. */
function wholeLines(text: string): string {
  if (text.length <= sampledLetters) return text;
  const sample = text.slice(0, sampledLetters);
  return sample.slice(0, sample.lastIndexOf('\n') + 1) || sample;
}

function measure(sample: string, separator: Separator): Fit | null {
  const counts: { filled: number; last: number; all: number }[] = [];
  const take = (cells: string[]) => {
    const filled = cells.filter((cell) => cell !== '').length;
    if (filled > 0) counts.push({ filled, last: cells.findLastIndex((cell) => cell !== '') + 1, all: cells.length });
  };
  try {
    workAtOnce(splitLines(sample, separator, { take, broken: stop, tooLong: stop }, sampledRows));
  } catch (error) {
    if (error !== cutOff) throw error;
  }
  const headerAt = counts.findIndex(({ filled }) => filled > 1);
  const header = counts[headerAt];
  if (!header || header.last < 2) return null;
  const rows = counts.slice(headerAt + 1);
  const isBlanks = separator === blanks || separator === wideBlanks;
  // Row names without a name of their own: one cell more than the header in every row.
  const numbered = isBlanks && rows.length > 0 && rows.every(({ all }) => all === header.all + 1) ? 1 : 0;
  const fitting = rows.filter(({ last, all }) => all >= header.last && last <= header.all + numbered);
  return {
    separator,
    titles: headerAt,
    share: rows.length === 0 ? 1 : fitting.length / rows.length,
    cells: header.last,
  };
}

const cutOff = new Error('a quote that does not end in the sample');

/** Quotes that do not match say nothing of this separator: the rows before them do. */
function stop(): never {
  throw cutOff;
}
