import { LabError } from '../../foundation/labError';
import type { Asker } from '../../foundation/openQuestion';
import type { TableColumn } from '../../tables/table';
import { sortNames } from '../sortNames';
import type { ClassSpace } from './classSpace';
import type { OutputRoles } from './columnRoles';
import type { Predictions } from './predictions';
import { cellNumber, holdsProbabilities } from './scoreColumns';

/** One column of probabilities of one class, made classes by a threshold. */
export interface ThresholdRule {
  column: string;
  /** The class whose probability it is; the other one is predicted below the threshold. */
  className: string;
  threshold: number;
}

/** Columns of scores. */
interface ReadScores {
  classes: string[];
  scoreOf(row: number, className: string): number;
  /** The first column that holds no number in a row; undefined where all do. */
  gapIn(row: number): TableColumn | undefined;
}

/** What a model says of a row of its table. */
export interface OutputReader {
  /** Undefined when it is missing, null when it is left out. */
  predictedOf(row: number): string | null | undefined;
  /** The columns that were used. */
  columns: TableColumn[];
  rule: ThresholdRule | null;
  /** Class of each column of scores, and its score. Null without scores. */
  scores: ReadScores | null;
  /** A column of probabilities that is not used. */
  unused: TableColumn | null;
  /** The scores are not used since one of their classes was left out. */
  areScoresLeftOut: boolean;
}

export const defaultThreshold = 0.5;
/** Labels of which the second is the one that a probability speaks of. */
const usualPairs = [
  ['0', '1'],
  ['false', 'true'],
  ['no', 'yes'],
  ['negative', 'positive'],
  ['neg', 'pos'],
];

/** Such a column mostly holds the probability of whichever class is predicted. */
const ofPredicted = /confidence/i;

/** Columns by what they hold, not only by their names. */
export interface HeldRoles extends OutputRoles {
  /** A column of predictions that holds probabilities, and so is none of classes. */
  notClasses: TableColumn | null;
}

/** A column of predictions that holds probabilities is never one of classes. */
export function moveProbabilities(roles: OutputRoles): HeldRoles {
  const { prediction, scores } = roles;
  if (!prediction || !holdsProbabilities(prediction)) return { ...roles, notClasses: null };
  const probability = scores.length > 0 ? null : prediction;
  return { prediction: null, scores, probability, notClasses: prediction };
}

/**
 * How a model's classes and scores are read from its columns.
 *
 * @throws LabError `predictions-invalid` for probabilities beside other than two classes, or no probabilities
 */
export function openOutput(
  { prediction, scores, probability, notClasses }: HeldRoles,
  { space, threshold, asker }: { space: ClassSpace; threshold: number; asker: Asker },
): OutputReader {
  const { labels } = space;
  const none = { columns: [], rule: null, scores: null, unused: null, areScoresLeftOut: false };
  const classes = scores.map((score) => space.classOf(score));
  const [single] = scores;
  const isSingle = scores.length === 1 && labels.size === 2;
  if (probability || (isSingle && classes[0] != null && labels.has(classes[0]))) {
    const column = probability ?? single!.column;
    const named = probability ? null : classes[0]!;
    if (!prediction) {
      const className = named ?? askPositive(column, labels, notClasses !== null, asker);
      return { ...none, ...readProbability(column, { column: column.name, className, threshold }, labels) };
    }
    const scored = named === null ? null : twoScores(column, named, labels);
    return {
      ...none,
      predictedOf: space.predictedOf(prediction),
      columns: [prediction, column],
      scores: scored,
      unused: scored ? null : column,
    };
  }
  const areScoresLeftOut = classes.includes(null);
  const read =
    scores.length > 1 && !areScoresLeftOut
      ? readScores(
          scores.map(({ column }) => column),
          classes.map(String),
        )
      : null;
  const columns = [...(prediction ? [prediction] : []), ...scores.map(({ column }) => column)];
  if (!prediction && !read) throw tooFewScores(scores.map(({ column }) => column));
  return {
    ...none,
    predictedOf: prediction ? space.predictedOf(prediction) : (row) => highest(read!, row),
    columns,
    scores: read,
    unused: scores.length === 1 ? single!.column : notClasses,
    areScoresLeftOut,
  };
}

function readScores(columns: readonly TableColumn[], classes: string[]): ReadScores {
  const twice = classes.find((name, index) => classes.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`Two columns hold the score of class "${twice}".`, 'Keep one of them.');
  const columnOf = new Map(classes.map((name, index) => [name, columns[index]!]));
  return {
    classes: sortNames(classes),
    // A class that has no column was not among the model's outputs: its score is 0.
    scoreOf(row, className) {
      const column = columnOf.get(className);
      return column ? probabilityIn(column, row) : 0;
    },
    gapIn: (row) => columns.find((column) => Number.isNaN(cellNumber(column, row))),
  };
}

/** Undefined when a score is missing: it could have been the highest. */
function highest({ classes, scoreOf, gapIn }: ReadScores, row: number): string | undefined {
  if (gapIn(row)) return undefined;
  return classes.reduce((best, name) => (scoreOf(row, name) > scoreOf(row, best) ? name : best));
}

function askPositive(column: TableColumn, labels: ReadonlySet<string>, isMoved: boolean, asker: Asker): string {
  const names = sortNames(labels);
  if (names.length !== 2) {
    throw invalid(
      `The column "${column.name}" holds one probability for each row, and the labels are of ${names.length} classes; it can tell two apart.`,
      'Give the predicted class, or a column score_<class> for each class.',
    );
  }
  const pair = names.map((name) => name.toLowerCase());
  const isUsual = usualPairs.some(([first, second]) => first === pair[0] && second === pair[1]);
  const isOfPredicted = ofPredicted.test(column.name);
  if (isUsual && !isMoved && !isOfPredicted) return names[1]!;
  const unless = isOfPredicted ? ' If of the class that is predicted, the table lacks a column of that class.' : '';
  return asker.ask({
    key: `positive:${column.name}`,
    question: `The column "${column.name}" holds probabilities, not classes. Of which class?${unless}`,
    choices: [names[1]!, names[0]!].map((name) => ({ value: name, label: `Of "${name}"` })),
  });
}

function readProbability(column: TableColumn, rule: ThresholdRule, labels: ReadonlySet<string>) {
  const other = [...labels].find((name) => name !== rule.className)!;
  return {
    predictedOf(row: number) {
      const number = probabilityIn(column, row);
      if (Number.isNaN(number)) return undefined;
      return number >= rule.threshold ? rule.className : other;
    },
    columns: [column],
    rule,
    scores: twoScores(column, rule.className, labels),
  };
}

function twoScores(column: TableColumn, className: string, labels: ReadonlySet<string>): ReadScores {
  return {
    classes: [...labels],
    scoreOf: (row, name) => (name === className ? probabilityIn(column, row) : 1 - probabilityIn(column, row)),
    gapIn: (row) => (Number.isNaN(cellNumber(column, row)) ? column : undefined),
  };
}

/** NaN where there is none. @throws LabError `predictions-invalid` for a number that is no probability */
function probabilityIn(column: TableColumn, row: number): number {
  const number = cellNumber(column, row);
  if (number < 0 || number > 1) throw noProbability(column, number);
  return number;
}

/**
 * Predicted class and scores of each sample, by the number of the class.
 * @param rows of the model's table
 */
export function collectOutput(
  { predictedOf, scores }: OutputReader,
  rows: readonly number[],
  classNames: readonly string[],
): Pick<Predictions, 'predicted' | 'scores'> {
  const indexOf = new Map(classNames.map((name, index) => [name, index]));
  return {
    predicted: rows.map((row) => indexOf.get(predictedOf(row)!)!),
    scores: scores && {
      kind: 'probabilities',
      values: rows.flatMap((row) =>
        classNames.map((name) => (scores.classes.includes(name) ? scores.scoreOf(row, name) : 0)),
      ),
    },
  };
}

function noProbability({ name }: TableColumn, number: number): LabError {
  return invalid(
    `The column "${name}" holds ${number}; probabilities run from 0 to 1.`,
    'Give class probabilities, as softmax makes them, or the predicted class alone.',
  );
}

function tooFewScores(columns: readonly TableColumn[]): LabError {
  return invalid(
    `There is no column of predicted classes, and ${columns.map(({ name }) => `"${name}"`).join(', ')} cannot stand for one.`,
    'Give the predicted class, or a column score_<class> for each class.',
  );
}

function invalid(message: string, hint: string): LabError {
  return new LabError({ code: 'predictions-invalid', stage: 'reading the predictions', message, hint });
}
