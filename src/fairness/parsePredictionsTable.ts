import { LabError } from '../foundation/labError';
import type { Predictions } from './fairnessReport';
import { mapGroups } from './mapGroups';
import { readTextTable, type TextRow } from './readTextTable';
import { sortNames } from './sortNames';

/** Which columns of a predictions table to read. Names are as in its first row, without surrounding spaces. */
export interface PredictionsColumns {
  /** True class; `label` when left out. */
  label?: string;
  /** Predicted class; `prediction` when left out. */
  prediction?: string;
  /** Sensitive attribute. May be left out when the table has just one column besides the others. */
  group?: string;
  /** The baseline's predicted class of the same samples, for FATE. */
  baseline?: string;
  /** Patient or lesion. */
  cluster?: string;
  /** Values of the group column that make group 0 (unprivileged). Needed when it has more than two values. */
  group0Values?: string[];
  /** Values that make group 1 (privileged); when left out, all that are not in group 0. */
  group1Values?: string[];
}

/** What a predictions table holds. */
export interface PredictionsTable {
  predictions: Predictions;
  /** The baseline's predicted class of each sample; null when no column for it was named. */
  baseline: number[] | null;
  /** Patient or lesion of each sample, empty where it is missing; null when no column for it was named. */
  clusters: string[] | null;
  /** Names of the classes 0, 1, …: all labels and predictions that occur, sorted. */
  classNames: string[];
  groupNames: [string, string];
  /** Rows that were left out. A row counts once, under the first reason that holds. */
  excluded: Record<ExclusionReason, number>;
}

export type ExclusionReason =
  | 'labelMissing'
  | 'predictionMissing'
  | 'baselineMissing'
  | 'groupMissing'
  /** Its group value is in neither list. */
  | 'groupNotUsed';

const missingTexts = new Set(['', 'na', 'n/a', 'nan', 'null']);

/**
 * Reads a table of predictions: one row per sample with its true class, its predicted class and a sensitive attribute.
 * Rows where one of these is missing (empty, NA, N/A, NaN, null) are left out and counted. A whole number written with
 * decimals is the same as without (`2.0` is `2`).
 *
 * @param text content of a CSV file with column names in the first row
 * @throws LabError `table-unreadable` with the row; `column-missing` with the column; `value-not-mapped`,
 * `config-invalid` or `group-too-small` from {@link mapGroups}; `too-few-classes`; `predictions-invalid` when labels and
 * predictions have no class in common
 */
export function parsePredictionsTable(text: string, columns: PredictionsColumns = {}): PredictionsTable {
  const table = readTextTable(text);
  const label = readColumn(table.columns, columns.label ?? 'label');
  const prediction = readColumn(table.columns, columns.prediction ?? 'prediction');
  const baseline = columns.baseline === undefined ? null : readColumn(table.columns, columns.baseline);
  const cluster = columns.cluster === undefined ? null : readColumn(table.columns, columns.cluster);
  const used = [label, prediction, baseline, cluster].flatMap((column) => column?.name ?? []);
  const group = readColumn(table.columns, columns.group ?? onlyOtherColumn(table.columns, used));

  const groupValues = new Set(table.rows.flatMap((row) => group.valueOf(row) ?? []));
  const { groupOf, groupNames } = mapGroups(
    group.name,
    [...groupValues],
    columns.group0Values?.map(canonical),
    columns.group1Values?.map(canonical),
  );

  const excluded = { labelMissing: 0, predictionMissing: 0, baselineMissing: 0, groupMissing: 0, groupNotUsed: 0 };
  const samples: Sample[] = [];
  for (const row of table.rows) {
    const sample = readSample(row, { label, prediction, baseline, cluster, group }, groupOf);
    if (typeof sample === 'string') excluded[sample]++;
    else samples.push(sample);
  }

  const classNames = nameClasses(samples);
  const indexOf = new Map(classNames.map((name, index) => [name, index]));
  return {
    predictions: {
      labels: samples.map((sample) => indexOf.get(sample.label)!),
      predicted: samples.map((sample) => indexOf.get(sample.predicted)!),
      groups: samples.map((sample) => sample.group),
      classCount: classNames.length,
    },
    baseline: baseline && samples.map((sample) => indexOf.get(sample.baseline)!),
    clusters: cluster && samples.map((sample) => sample.cluster),
    classNames,
    groupNames,
    excluded,
  };
}

interface Column {
  name: string;
  /** Undefined when it is missing. */
  valueOf(row: TextRow): string | undefined;
}

interface Sample {
  label: string;
  predicted: string;
  /** The model's own prediction when there is no baseline, which adds no class. */
  baseline: string;
  cluster: string;
  group: 0 | 1;
}

function readSample(
  row: TextRow,
  columns: { label: Column; prediction: Column; baseline: Column | null; cluster: Column | null; group: Column },
  groupOf: Map<string, 0 | 1>,
): Sample | ExclusionReason {
  const label = columns.label.valueOf(row);
  if (label === undefined) return 'labelMissing';
  const predicted = columns.prediction.valueOf(row);
  if (predicted === undefined) return 'predictionMissing';
  const baseline = (columns.baseline ?? columns.prediction).valueOf(row);
  if (baseline === undefined) return 'baselineMissing';
  const groupValue = columns.group.valueOf(row);
  if (groupValue === undefined) return 'groupMissing';
  const group = groupOf.get(groupValue);
  if (group === undefined) return 'groupNotUsed';
  return { label, predicted, baseline, group, cluster: columns.cluster?.valueOf(row) ?? '' };
}

function readColumn(columns: string[], name: string): Column {
  const index = columns.indexOf(name);
  if (index < 0) throw columnMissing(`The table has no column "${name}"; it has ${quoted(columns)}.`, name);
  return {
    name,
    valueOf(row) {
      const text = row.cells[index]!;
      return missingTexts.has(text.toLowerCase()) ? undefined : canonical(text);
    },
  };
}

function onlyOtherColumn(columns: string[], used: string[]): string {
  const others = columns.filter((name) => !used.includes(name));
  if (others.length === 1) return others[0]!;
  throw columnMissing(
    others.length === 0
      ? `The table has no column for the sensitive attribute besides ${quoted(columns)}.`
      : `The table has several columns that could be the sensitive attribute: ${quoted(others)}.`,
    'group',
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

function nameClasses(samples: Sample[]): string[] {
  const labels = new Set(samples.map(({ label }) => label));
  const predicted = new Set(samples.flatMap(({ predicted, baseline }) => [predicted, baseline]));
  const classNames = sortNames(new Set([...labels, ...predicted]));
  if (classNames.length < 2) {
    throw new LabError({
      code: 'too-few-classes',
      stage: 'reading the predictions',
      message: `The ${samples.length} complete rows of the table hold fewer than two classes.`,
      hint: 'Check that the right columns are read and that their cells are not empty.',
      details: { rows: samples.length, classes: classNames.length },
    });
  }
  if (![...predicted].some((name) => labels.has(name))) {
    throw new LabError({
      code: 'predictions-invalid',
      stage: 'reading the predictions',
      message: `No prediction is a class that occurs as a label: labels are like "${[...labels][0]}", predictions like "${[...predicted][0]}".`,
      hint: 'Write labels and predictions in the same way, both as names or both as numbers.',
    });
  }
  return classNames;
}

function canonical(text: string): string {
  return text.replace(/^(-?\d+)\.0+$/, '$1');
}

function quoted(names: string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
