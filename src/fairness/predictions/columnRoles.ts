import { LabError } from '../../foundation/labError';
import type { Asker } from '../../foundation/openQuestion';
import { isMissing } from '../../tables/isMissing';
import { isRowNumbers } from '../../tables/oddRows';
import { columnTitle, findColumn, type Table, type TableColumn } from '../../tables/table';
import {
  findClassColumns,
  findProbabilityColumns,
  findScoreColumns,
  mayHoldScores,
  type ScoreColumn,
} from './scoreColumns';

/** What the columns of one model's predictions hold. */
export interface OutputRoles {
  /** The predicted class; null where scores say it. */
  prediction: TableColumn | null;
  scores: ScoreColumn[];
  /** The probability of one class, whose name the column does not say; null without such a column. */
  probability: TableColumn | null;
}

/** What the columns of a predictions table hold. */
export interface ColumnRoles extends OutputRoles {
  label: TableColumn;
  cluster: TableColumn | null;
  /** Names the samples. */
  id: TableColumn | null;
  /** Which model, fold or run a row is of. */
  runs: TableColumn[];
  /** Which split a row is of. */
  parts: TableColumn[];
}

/** Column names as the user gives them; what is left out is found by its usual names. */
export interface NamedColumns {
  label?: string;
  prediction?: string;
  cluster?: string;
  id?: string;
}

/** The usual names, most telling first. */
export const labelNames = [
  /^label$/i,
  /^(y_?true|true_?(label|class)|label_?(value|true)|ground_?truth|truth|gt|actual|target|true)$/i,
  /^(dx|diagnosis|diagnostic|class)$/i,
];
export const predictionNames = [
  /^prediction$/i,
  /^(pred|predicted|y_?pred|y_?hat|pred(icted)?_?(label|class)|label_?pred|decision)$/i,
];
export const idNames =
  /^(image|image_?(id|name)|img|img_?id|file|file_?name|path|name|id|isic_?id|md5hash|sample|sample_?id|index)$/i;
const runNames =
  /^((model|network|classifier|architecture|backbone)([_ ]?(name|id))?|(cv[_ ]?)?fold|run([_ ]?id)?|seed|epoch|checkpoint|method|arm|trial)$/i;
const partNames = /^(data[_ ]?)?(split|subset|partition)$/i;

/** Whether a column of this name would be taken for something else than a sensitive attribute; so is one without a name. */
export function hasUsualRole(name: string): boolean {
  const roles = [...labelNames, ...predictionNames, idNames, runNames, partNames, /^$/];
  return roles.some((names) => names.test(name)) || mayHoldScores(name);
}

/**
 * Finds what the columns hold, by the names given or by the usual ones.
 * @throws LabError `column-missing`, naming those there are
 */
export function findRoles(table: Table, names: NamedColumns, asker: Asker): ColumnRoles {
  const label = pick(table, 'label', names.label, labelNames, asker) ?? missing(table, names.label ?? 'label');
  return {
    label,
    ...findOutput(table, label, names, asker),
    cluster: names.cluster === undefined ? null : requireColumn(table, names.cluster, asker),
    id:
      names.id === undefined
        ? (table.columns.find(({ name }) => idNames.test(name)) ?? null)
        : requireColumn(table, names.id, asker),
    runs: table.columns.filter((column) => column !== label && runNames.test(column.name)),
    parts: table.columns.filter((column) => column !== label && partNames.test(column.name)),
  };
}

/** The columns of a model's predictions. @throws LabError `column-missing` when there is neither a class nor a score */
export function findOutput(
  table: Table,
  label: TableColumn,
  { prediction: named }: NamedColumns,
  asker: Asker,
): OutputRoles {
  const byName = findScoreColumns(table);
  const scores = byName.length > 0 ? byName : findClassColumns(table, label);
  const prediction = pick(table, 'prediction', named, predictionNames, asker);
  const [probability = null, ...others] =
    scores.length > 0 ? [] : findProbabilityColumns(table).filter((column) => column !== prediction);
  if (!prediction && scores.length === 0 && (!probability || others.length > 0)) missing(table, named ?? 'prediction');
  return { prediction, scores, probability: others.length > 0 ? null : probability };
}

/** A column named by the user, or the one that has a usual name; null when there is none. */
function pick(
  table: Table,
  role: string,
  named: string | undefined,
  patterns: readonly RegExp[],
  asker: Asker,
): TableColumn | null {
  if (named !== undefined) {
    const found = findColumn(table, named);
    return found && oneOfItsName(table, found, asker);
  }
  for (const pattern of patterns) {
    const [found, ...others] = table.columns.filter(({ givenName }) => pattern.test(givenName));
    if (!found) continue;
    if (others.every(({ givenName }) => givenName === found.givenName)) return oneOfItsName(table, found, asker);
    const names = [found, ...others].map(({ name }) => name);
    throw columnMissing(`The table has several columns that could be the ${role}: ${quoted(names)}.`, role);
  }
  return null;
}

/** @throws LabError `column-missing`, naming those there are */
export function requireColumn(table: Table, name: string, asker: Asker): TableColumn {
  return oneOfItsName(table, findColumn(table, name) ?? missing(table, name), asker);
}

/** Of columns that share a name and do not hold the same, the user says which is meant. */
function oneOfItsName(table: Table, column: TableColumn, asker: Asker): TableColumn {
  // A name with its number, or a position, says which.
  if (column.name !== column.givenName) return column;
  const same = table.columns.filter(({ givenName }) => givenName === column.givenName);
  if (same.every((other) => holdSame(other, column))) return column;
  const chosen = asker.ask({
    key: `column:${column.name}`,
    question: `${same.length} columns are called "${column.givenName}" and differ. Which one is meant?`,
    choices: same.map((each) => ({ value: each.name, label: columnTitle(table, each) })),
  });
  return same.find(({ name }) => name === chosen)!;
}

function holdSame(a: TableColumn, b: TableColumn): boolean {
  return a === b || a.codes.every((code, row) => a.values[code] === b.values[b.codes[row]!]);
}

/**
 * The one column that is not used yet and can tell groups of people apart. Names of samples, runs, row numbers and, beside
 * others, columns with one value cannot.
 * @throws LabError `column-missing` when there is none, or a choice
 */
export function onlyOtherColumn(table: Table, used: readonly TableColumn[]): TableColumn {
  const isUsed = ({ givenName, name }: TableColumn) =>
    used.some((other) => other.name === name || (other.givenName === givenName && givenName !== ''));
  const free = table.columns.filter(
    (column, index) =>
      !isUsed(column) &&
      ![idNames, runNames, partNames].some((names) => names.test(column.name)) &&
      !isIndex(column) &&
      !table.columns.slice(0, index).some((other) => other.givenName === column.givenName && holdSame(other, column)),
  );
  const varied = free.filter(({ values }) => values.filter((value) => !isMissing(value)).length > 1);
  const others = varied.length > 0 ? varied : free;
  if (others.length === 1) return others[0]!;
  throw columnMissing(
    others.length === 0
      ? `The table has no column for the sensitive attribute besides ${quoted(table.columns.map(({ name }) => name))}.`
      : `The table has several columns that could be the sensitive attribute: ${quoted(others.map(({ name }) => name))}.`,
    'group',
  );
}

function isIndex(column: TableColumn): boolean {
  return /^unnamed/i.test(column.name) || (column.codes.length > 2 && isRowNumbers(column));
}

function missing(table: Table, name: string): never {
  throw columnMissing(
    `The table has no column "${name}"; it has ${quoted(table.columns.map((column) => column.name))}.`,
    name,
  );
}

function columnMissing(message: string, column: string): LabError {
  return new LabError({
    code: 'column-missing',
    stage: 'reading the predictions',
    message,
    hint: 'Say which columns hold the label, the prediction and the sensitive attribute.',
    details: { column },
  });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
