import type { TextRow } from '../readTextTable';
import { canonical } from './tableColumn';

/** The columns that hold a model's score of each class. */
export interface ScoreColumns {
  /** Column names that were taken as scores. */
  names: string[];
  /** Class of each of them. */
  classes: string[];
  /** Scores of a row in the order given; NaN where a cell is no number. */
  read(row: TextRow, classNames: readonly string[]): number[];
}

const scorePattern = /^(?:scores?|probs?|probability|p)[ _:-](.+)$/i;

/**
 * Finds the columns `score_<class>`, `prob_<class>`, `probability_<class>` or `p_<class>`, after a prefix where one is
 * given.
 * @returns null when there are fewer than two
 */
export function findScoreColumns(columns: readonly string[], prefix = ''): ScoreColumns | null {
  const found = columns.flatMap((name, index) => {
    const className = name.startsWith(prefix) ? scorePattern.exec(name.slice(prefix.length))?.[1] : undefined;
    return className === undefined ? [] : [{ name, index, className: canonical(className) }];
  });
  if (found.length < 2) return null;
  const indexOf = new Map(found.map(({ className, index }) => [className, index]));
  return {
    names: found.map(({ name }) => name),
    classes: [...indexOf.keys()],
    read(row, classNames) {
      return classNames.map((className) => {
        const index = indexOf.get(className);
        // A class that has no column was not among the model's outputs: its score is 0.
        if (index === undefined) return 0;
        const text = row.cells[index]!;
        return text === '' ? Number.NaN : Number(text);
      });
    },
  };
}
