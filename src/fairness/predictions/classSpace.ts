import { LabError } from '../../foundation/labError';
import type { Asker } from '../../foundation/openQuestion';
import { countTexts } from '../../tables/countTexts';
import { editDistance } from '../../tables/editDistance';
import { missingIn } from '../../tables/isMissing';
import { askSpellings } from '../../tables/spellings/askSpellings';
import { foldText } from '../../tables/spellings/foldText';
import { uniformValues } from '../../tables/spellings/uniformValues';
import type { TableColumn } from '../../tables/table';
import type { ScoreColumn } from './scoreColumns';

/** How the texts of labels, predictions and score columns name classes. */
export interface ClassSpace {
  /** Classes that occur as labels. */
  labels: ReadonlySet<string>;
  /** Class of a cell of labels; undefined when it is missing. */
  labelOf(column: TableColumn): (row: number) => string | undefined;
  /** Class of a cell of predictions; undefined when it is missing, null when its class is left out. */
  predictedOf(column: TableColumn): (row: number) => string | null | undefined;
  /** Class of a column of scores; null when it is left out. */
  classOf(score: ScoreColumn): string | null;
  /** What is a class of its own, though no label has it. */
  accepted: ReadonlySet<string>;
  /** Predicted classes that are read as another one, and which. */
  mapped: ReadonlyMap<string, string>;
}

/** The columns that name classes; those of a baseline among them. */
export interface ClassColumns {
  labels: TableColumn[];
  predictions: TableColumn[];
  scores: ScoreColumn[];
}

/** With more classes that no label has, a column holds something else. */
const mostUnknown = 12;
const leaveOut = 'leave-out';
const accept = 'accept';
const asClass = 'class=';

/**
 * Brings the classes of labels, predictions and scores together. Spellings that most likely mean one class, and classes
 * that no label has, are asked about.
 *
 * @throws LabError `predictions-invalid` when labels and predictions have no class in common, or predictions hold far more
 * classes than labels
 */
export function openClassSpace({ labels: labelColumns, predictions, scores }: ClassColumns, asker: Asker): ClassSpace {
  const columns = [...labelColumns, ...predictions];
  const textsOf = new Map(columns.map((column) => [column, uniformValues(column.values)]));
  const isMissing = missingInAll([...textsOf.values()]);
  const counts = new Map<string, number>();
  for (const column of columns) {
    for (const [text, count] of countTexts({ ...column, values: textsOf.get(column)! }, isMissing)) {
      counts.set(text, (counts.get(text) ?? 0) + count);
    }
  }
  const scoreTexts = uniformValues(scores.map(({ className }) => className));
  for (const text of scoreTexts) if (!counts.has(text)) counts.set(text, 0);
  const spellings = askSpellings({ about: 'classes', title: 'labels, predictions and scores', values: counts }, asker);
  const respelled = (text: string) => spellings.get(text) ?? text;
  const classesOf = (column: TableColumn) => {
    const texts = textsOf.get(column)!;
    const classes = texts.map((text) => (isMissing(text) ? undefined : respelled(text)));
    return (row: number) => classes[column.codes[row]!];
  };
  const namesOf = (column: TableColumn) =>
    [...countTexts({ ...column, values: textsOf.get(column)! }, isMissing).keys()].map(respelled);

  const labels = new Set(labelColumns.flatMap(namesOf));
  const predicted = new Set(predictions.flatMap(namesOf));
  const scored = new Set(scoreTexts.map(respelled));
  requireCommon(labels, predicted.size > 0 ? predicted : scored);
  const unknown = [...new Set([...predicted, ...scored])].filter((name) => !labels.has(name));
  refuseMany(unknown, labels);
  const readAs = new Map(unknown.map((name) => [name, askClass(name, { labels, scored, predicted }, asker)] as const));
  const resolve = (name: string) => (readAs.has(name) ? readAs.get(name)! : name);
  return {
    labels,
    labelOf: classesOf,
    predictedOf(column) {
      const classOf = classesOf(column);
      return (row) => {
        const name = classOf(row);
        return name === undefined ? undefined : resolve(name);
      };
    },
    classOf: ({ className }) =>
      resolve(respelled(scoreTexts[scores.findIndex((score) => score.className === className)]!)),
    accepted: new Set([...readAs].flatMap(([name, to]) => (to === name ? [name] : []))),
    mapped: new Map([...readAs].flatMap(([name, to]) => (to !== null && to !== name ? [[name, to] as const] : []))),
  };
}

/** What is missing in all columns alike: −1 is a class of all of them when it is one in a column of −1 and 1, or in all together. */
function missingInAll(columns: readonly (readonly string[])[]): (cell: string) => boolean {
  const signed = [...columns, columns.flat()].find((texts) => texts.includes('-1') && !missingIn(texts)('-1'));
  return missingIn(signed ?? []);
}

/** @returns the class it is read as, itself when it is a class of its own, null when it is left out */
function askClass(
  name: string,
  {
    labels,
    scored,
    predicted,
  }: { labels: ReadonlySet<string>; scored: ReadonlySet<string>; predicted: ReadonlySet<string> },
  asker: Asker,
): string | null {
  const near = [...labels].sort((a, b) => distance(name, a) - distance(name, b));
  const isNear = near[0] !== undefined && distance(name, near[0]) <= name.length / 4;
  // A label that has a column of its own cannot have this one, too.
  const free = predicted.has(name) ? near : near.filter((label) => !scored.has(label));
  const toClass = free.map((label) => ({ value: `${asClass}${label}`, label: `It is "${label}"` }));
  const alone = { value: accept, label: 'It is a class of its own' };
  const out = predicted.has(name)
    ? { value: leaveOut, label: 'Leave its rows out, counted' }
    : { value: leaveOut, label: 'Do without the scores' };
  const what = predicted.has(name) ? 'is predicted' : 'has a column of scores';
  const answer = asker.ask({
    key: `class:${name}`,
    question: `The class "${name}" ${what}, but no row has it as its label. What is it?`,
    choices: isNear ? [...toClass, alone, out] : [alone, out, ...toClass],
  });
  if (answer === leaveOut) return null;
  return answer === accept ? name : answer.slice(asClass.length);
}

function requireCommon(labels: ReadonlySet<string>, predicted: ReadonlySet<string>) {
  if (predicted.size === 0 || labels.size === 0 || [...predicted].some((name) => labels.has(name))) return;
  const [label, prediction] = [[...labels][0]!, [...predicted][0]!];
  throw new LabError({
    code: 'predictions-invalid',
    stage: 'reading the predictions',
    message: `No prediction is a class that occurs as a label: labels are like "${label}", predictions like "${prediction}".`,
    hint: 'Write labels and predictions in the same way, both as names or both as numbers.',
  });
}

function refuseMany(unknown: readonly string[], labels: ReadonlySet<string>) {
  if (unknown.length <= mostUnknown) return;
  throw new LabError({
    code: 'predictions-invalid',
    stage: 'reading the predictions',
    message: `${unknown.length} classes are predicted or scored that no row has as its label, such as ${unknown
      .slice(0, 5)
      .map((name) => `"${name}"`)
      .join(', ')}; labels are ${[...labels]
      .slice(0, 5)
      .map((name) => `"${name}"`)
      .join(', ')}.`,
    hint: 'Check that the right columns are read as label and prediction, and that both name classes in the same way.',
    details: { unknown: unknown.length, classes: labels.size },
  });
}

/** How many letters differ (Levenshtein), case and blanks aside. */
function distance(a: string, b: string): number {
  return editDistance(foldText(a), foldText(b));
}
