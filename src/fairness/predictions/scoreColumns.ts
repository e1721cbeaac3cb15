import { isMissing } from '../../tables/isMissing';
import { foldText } from '../../tables/spellings/foldText';
import type { Table, TableColumn } from '../../tables/table';

/** A column that holds a model's score of one class. */
export interface ScoreColumn {
  column: TableColumn;
  /** The class as the column's name writes it. */
  className: string;
}

const before = '(?:(?:y|pred(?:icted|iction)?|model|output)_?)*';
const scoreNames = new RegExp(
  `^${before}(?:scores?|probs?|proba|probability|p|softmax)(?:[ _:-](.+)|\\((.+)\\))$`,
  'i',
);
const probabilityNames = new RegExp(
  `^${before}(?:scores?|probs?|proba|probability|p|sigmoid|confidence|risk)(?:[_ ](?:positive|pos|pred|score))?$`,
  'i',
);

/** Whether a column's name says that it holds scores. */
export function mayHoldScores(name: string): boolean {
  return scoreNames.test(name) || probabilityNames.test(name);
}

/**
 * The columns `score_<class>`, `prob_<class>`, `probability_<class>` or `p_<class>`. Names like `prob_positive` and `y_prob`
 * name no class.
 */
export function findScoreColumns({ columns }: Pick<Table, 'columns'>): ScoreColumn[] {
  return columns.flatMap((column) => {
    const [whole, afterSeparator, inBrackets] = scoreNames.exec(column.name) ?? [];
    const className = afterSeparator ?? inBrackets;
    if (whole === undefined || className === undefined || probabilityNames.test(whole)) return [];
    return isOfProbabilities(column) ? [{ column, className }] : [];
  });
}

/** Columns that are called as the classes are and hold probabilities, as ISIC's submissions have them; one for each class. */
export function findClassColumns({ columns }: Pick<Table, 'columns'>, label: TableColumn): ScoreColumn[] {
  const classes = new Set(label.values.filter((value) => !isMissing(value)).map(foldText));
  const found = columns.filter((column) => column !== label && classes.has(foldText(column.name)) && isShare(column));
  return found.length === classes.size && classes.size > 1
    ? found.map((column) => ({ column, className: column.name }))
    : [];
}

function isShare(column: TableColumn): boolean {
  return knownNumbers(column).every((number) => number >= 0 && number <= 1);
}

/** Columns whose name says that they hold the probability of one class, without naming it: `y_prob`, `score`. */
export function findProbabilityColumns({ columns }: Pick<Table, 'columns'>): TableColumn[] {
  return columns.filter((column) => probabilityNames.test(column.name) && isNumeric(column));
}

/** Whether a column that should hold classes holds probabilities: numbers from 0 to 1, not all of them whole. */
export function holdsProbabilities(column: TableColumn): boolean {
  const numbers = knownNumbers(column);
  return numbers.every((number) => number >= 0 && number <= 1) && numbers.some((number) => !Number.isInteger(number));
}

/** The number in a cell; NaN when there is none. */
export function cellNumber({ values, codes }: TableColumn, row: number): number {
  const text = values[codes[row]!]!;
  return text === '' ? Number.NaN : Number(text);
}

function isNumeric(column: TableColumn): boolean {
  return knownNumbers(column).every(Number.isFinite);
}

/** A name such as `p_value` or `score_type` is no score when its cells are no numbers at all. */
function isOfProbabilities(column: TableColumn): boolean {
  return knownNumbers(column).some(Number.isFinite);
}

function knownNumbers({ values }: TableColumn): number[] {
  return values.filter((value) => !isMissing(value)).map(Number);
}
