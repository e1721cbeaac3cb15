import Papa from 'papaparse';

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
}

/**
 * Cuts a text into rows of cells, without blanks around them. Line ends are `\n`. Empty lines are rows of one empty cell.
 *
 * @param most rows to take, all when left out
 */
export function splitLines(text: string, separator: Separator, { take, broken }: RowTaker, most?: number): void {
  let number = 0;
  if (separator === blanks || separator === wideBlanks) {
    for (const line of text.split('\n', most)) take(splitAtBlanks(line, separator), ++number);
    return;
  }
  Papa.parse<string[]>(text, {
    delimiter: separator,
    newline: '\n',
    skipEmptyLines: false,
    preview: most,
    step({ data, errors }) {
      number++;
      const problem = errors.find(({ type }) => type === 'Quotes');
      if (problem) broken(problem.message, number);
      take(
        data.map((cell) => cell.trim()),
        number,
      );
    },
  });
}

function splitAtBlanks(line: string, separator: Separator): string[] {
  const cell = separator === blanks ? /"((?:[^"]|"")*)"|[^\s"]\S*/g : /"((?:[^"]|"")*)"|[^\s"]\S*(?: \S+)*/g;
  const cells = [...line.matchAll(cell)].map(([whole, quoted]) => quoted?.replaceAll('""', '"') ?? whole);
  return cells.length > 0 ? cells : [''];
}
