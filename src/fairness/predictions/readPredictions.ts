import { LabError } from '../../foundation/labError';
import type { ModelOutput } from '../fairnessAnalysis';
import { type Grouping, intersectGroups } from '../intersectGroups';
import { mapGroups } from '../mapGroups';
import { readTextTable, type TextRow, type TextTable } from '../readTextTable';
import { sortNames } from '../sortNames';
import { baselinePrefix, joinBaseline } from './joinBaseline';
import { findScoreColumns, type ScoreColumns } from './scoreColumns';
import { canonical, onlyOtherColumn, type TableColumn, tableColumn } from './tableColumn';

/** Which columns of a predictions table to read. Names are as in its first row, without surrounding spaces. */
export interface PredictionsColumns {
  /** True class; `label` when left out. */
  label?: string;
  /** Predicted class; `prediction` when left out. May be missing when there are scores. */
  prediction?: string;
  /** Sensitive attributes. May be left out when the table has just one column besides the others. */
  attributes?: readonly string[];
  /** Patient or lesion. */
  cluster?: string;
  /** Names the samples, to join the baseline by. */
  id?: string;
  /** Values that make group 0 (unprivileged), the others making group 1. Of one attribute only. */
  group0Values?: readonly string[];
}

/** A sensitive attribute: the group of each sample. */
export interface Attribute {
  name: string;
  /** Group of each sample, 0 … groupNames.length-1. */
  groups: number[];
  groupNames: string[];
}

/** What a predictions table holds. */
export interface PredictionsFile {
  /** True class of each sample. */
  labels: number[];
  /** Names of the classes 0, 1, …: all that occur as label, prediction or score column, sorted. */
  classNames: string[];
  model: ModelOutput;
  baseline: ModelOutput | null;
  /** Patient or lesion of each sample, empty where it is missing; null when no column for it was named. */
  clusters: string[] | null;
  /** The attributes asked for and, when they are several, their intersection last. */
  attributes: Attribute[];
  /** Rows that were left out. A row counts once, under the first reason that holds. */
  excluded: Record<ExclusionReason, number>;
}

export type ExclusionReason = 'labelMissing' | 'predictionMissing' | 'baselineMissing' | 'groupMissing';

/** What each reason means, for a reader. */
export const exclusionWords: Record<ExclusionReason, string> = {
  labelMissing: 'no label',
  predictionMissing: 'no prediction',
  baselineMissing: 'no prediction of the baseline',
  groupMissing: 'no value of a sensitive attribute',
};

/**
 * Reads a table of predictions: one row per sample with its true class, its predicted class, perhaps scores
 * (`score_<class>`), and one or more sensitive attributes with any number of groups. Rows where one of these is missing
 * are left out of everything and counted, so that all attributes are about the same samples.
 *
 * @param text content of a CSV file with column names in the first row
 * @param baselineText the same of the model that is compared with, or null
 * @throws LabError `table-unreadable` with the row; `column-missing`; `value-not-mapped`, `config-invalid` or
 * `group-too-small` from {@link mapGroups}; `too-few-classes`; `predictions-invalid` when labels and predictions have no
 * class in common, or the two files are not about the same samples
 */
export function readPredictions(
  text: string,
  columns: PredictionsColumns = {},
  baselineText: string | null = null,
): PredictionsFile {
  const names = { label: columns.label ?? 'label', prediction: columns.prediction ?? 'prediction' };
  const own = readTextTable(text);
  const table =
    baselineText === null ? own : joinBaseline(own, readTextTable(baselineText), { ...names, id: columns.id ?? null });
  const label = tableColumn(table.columns, names.label);
  const model = outputColumns(table, names.prediction, '');
  const baseline = baselineText === null ? null : outputColumns(table, names.prediction, baselinePrefix);
  const cluster = columns.cluster === undefined ? null : tableColumn(table.columns, columns.cluster);
  const used = [label.name, ...model.names, ...(baseline?.names ?? []), cluster?.name ?? [], columns.id ?? []].flat();
  const attributeNames = columns.attributes ?? [onlyOtherColumn(table.columns, used)];
  const attributeColumns = attributeNames.map((name) => tableColumn(table.columns, name));

  const excluded = { labelMissing: 0, predictionMissing: 0, baselineMissing: 0, groupMissing: 0 };
  const rows: TextRow[] = [];
  for (const row of table.rows) {
    const reason = missingPart(row, { label, model, baseline, attributes: attributeColumns });
    if (reason) excluded[reason]++;
    else rows.push(row);
  }
  const labels = rows.map((row) => label.valueOf(row)!);
  const classNames = nameClasses(labels, rows, baseline ? [model, baseline] : [model]);
  const indexOf = new Map(classNames.map((name, index) => [name, index]));
  const attributes = attributeColumns.map((column) => readAttribute(column, rows, attributeColumns, columns));
  return {
    labels: labels.map((name) => indexOf.get(name)!),
    classNames,
    model: readOutput(model, rows, classNames, indexOf),
    baseline: baseline && readOutput(baseline, rows, classNames, indexOf),
    clusters: cluster && rows.map((row) => cluster.valueOf(row) ?? ''),
    attributes: attributes.length > 1 ? [...attributes, intersect(attributes)] : attributes,
    excluded,
  };
}

/** The columns of one model. */
interface OutputColumns {
  /** Null when the highest score is the prediction. */
  prediction: TableColumn | null;
  scores: ScoreColumns | null;
  names: string[];
}

function outputColumns({ columns }: TextTable, prediction: string, prefix: string): OutputColumns {
  const scores = findScoreColumns(columns, prefix);
  const name = `${prefix}${prediction}`;
  const column = scores && !columns.includes(name) ? null : tableColumn(columns, name);
  return { prediction: column, scores, names: [...(column ? [name] : []), ...(scores?.names ?? [])] };
}

function missingPart(
  row: TextRow,
  {
    label,
    model,
    baseline,
    attributes,
  }: { label: TableColumn; model: OutputColumns; baseline: OutputColumns | null; attributes: TableColumn[] },
): ExclusionReason | null {
  const isMissing = (column: TableColumn | null | undefined) => column != null && column.valueOf(row) === undefined;
  if (isMissing(label)) return 'labelMissing';
  if (isMissing(model.prediction)) return 'predictionMissing';
  if (isMissing(baseline?.prediction)) return 'baselineMissing';
  return attributes.some(isMissing) ? 'groupMissing' : null;
}

function readOutput(
  { prediction, scores }: OutputColumns,
  rows: readonly TextRow[],
  classNames: readonly string[],
  indexOf: ReadonlyMap<string, number>,
): ModelOutput {
  const values = scores && rows.map((row) => scores.read(row, classNames));
  return {
    predicted: rows.map((row, index) =>
      prediction ? indexOf.get(prediction.valueOf(row)!)! : highest(values![index]!),
    ),
    scores: values && values.flat(),
  };
}

function highest(scores: readonly number[]): number {
  return scores.reduce((best, score, index) => (score > scores[best]! ? index : best), 0);
}

function readAttribute(
  column: TableColumn,
  rows: readonly TextRow[],
  all: readonly TableColumn[],
  { group0Values }: PredictionsColumns,
): Attribute {
  const values = rows.map((row) => column.valueOf(row)!);
  const distinct = sortNames(new Set(values));
  if (group0Values && all.length > 1) {
    throw new LabError({
      code: 'config-invalid',
      message: `The values of group 0 are given, but there are ${all.length} sensitive attributes.`,
      hint: 'Give them with one attribute only.',
    });
  }
  if (!group0Values && distinct.length > 2) {
    const positions = new Map(distinct.map((value, index) => [value, index]));
    return { name: column.name, groups: values.map((value) => positions.get(value)!), groupNames: distinct };
  }
  const { groupOf, groupNames } = mapGroups(column.name, distinct, group0Values?.map(canonical), undefined);
  return { name: column.name, groups: values.map((value) => groupOf.get(value)!), groupNames: [...groupNames] };
}

function intersect(attributes: readonly Attribute[]): Attribute {
  const [first, ...others] = attributes.map(({ groups, groupNames }): Grouping => ({ groups, names: groupNames }));
  const { groups, names } = others.reduce(intersectGroups, first!);
  return { name: attributes.map(({ name }) => name).join(' × '), groups: Array.from(groups), groupNames: names };
}

function nameClasses(labels: readonly string[], rows: readonly TextRow[], outputs: readonly OutputColumns[]): string[] {
  const known = new Set(labels);
  const predicted = new Set(
    outputs.flatMap(({ prediction, scores }) => [
      ...(prediction ? rows.map((row) => prediction.valueOf(row)!) : []),
      ...(scores?.classes ?? []),
    ]),
  );
  const classNames = sortNames(new Set([...known, ...predicted]));
  if (classNames.length < 2) {
    throw new LabError({
      code: 'too-few-classes',
      stage: 'reading the predictions',
      message: `The ${labels.length} complete rows of the table hold fewer than two classes.`,
      hint: 'Check that the right columns are read and that their cells are not empty.',
      details: { rows: labels.length, classes: classNames.length },
    });
  }
  if (![...predicted].some((name) => known.has(name))) {
    throw new LabError({
      code: 'predictions-invalid',
      stage: 'reading the predictions',
      message: `No prediction is a class that occurs as a label: labels are like "${labels[0]}", predictions like "${[...predicted][0]}".`,
      hint: 'Write labels and predictions in the same way, both as names or both as numbers.',
    });
  }
  return classNames;
}
