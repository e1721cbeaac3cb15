import { LabError } from '../../foundation/labError';
import { type AnsweredQuestion, type Answers, type Asker, createAsker } from '../../foundation/openQuestion';
import { canonicalValue } from '../../tables/canonicalValue';
import { isMissing } from '../../tables/isMissing';
import { cellText, type Table, type TableColumn } from '../../tables/table';
import { sortNames } from '../sortNames';
import { intersectAttributes, openAttribute } from './attributes';
import { openClassSpace } from './classSpace';
import { type ColumnRoles, findOutput, findRoles, onlyOtherColumn, requireColumn } from './columnRoles';
import { joinBaseline, labelsDiffer } from './joinBaseline';
import {
  collectOutput,
  defaultThreshold,
  type HeldRoles,
  moveProbabilities,
  openOutput,
  type ThresholdRule,
} from './modelOutputs';
import { notePredictions } from './notePredictions';
import type { PredictionFinding } from './predictionFinding';
import type { Predictions } from './predictions';
import { type ExclusionReason, type RowTally, sortRows, tallyRows } from './rowTally';

/** Which columns of a predictions table to read, and what the user has said of it. */
export interface PredictionsColumns {
  /** True class; found by its usual names when left out. */
  label?: string;
  /** Predicted class; found by its usual names when left out. May be missing when there are scores. */
  prediction?: string;
  /** Sensitive attributes. May be left out when the table has just one column besides the others. */
  attributes?: readonly string[];
  /** Patient or lesion. */
  cluster?: string;
  /** Names the samples, to join the baseline by. */
  id?: string;
  /** Values that make group 0 (unprivileged), the others making group 1. Of one attribute only. */
  group0Values?: readonly string[];
  /** From which probability on a class is predicted, where one column of probabilities says it; 0.5 when left out. */
  threshold?: number;
  /** What the user has said of what the table leaves open. */
  answers?: Answers;
}

/** What a predictions table holds. */
export interface PredictionsFile {
  /**
   * Classes are all that occur as label, prediction or score column, sorted; attributes are those asked for and, when they are
   * several, their intersection last; clusters are empty where they are missing, and null when no column for them was named.
   */
  model: Predictions;
  /** Of the same samples; null without a baseline. */
  baseline: Predictions | null;
  /** Rows that were left out. A row counts once, under the first reason that holds. */
  excluded: Record<ExclusionReason, number>;
  /** What became of every row: used, or left out and why. */
  rows: RowTally;
  /** What the columns were read as. */
  read: ReadColumns;
  /** What is odd about the table or the predictions. */
  findings: PredictionFinding[];
  /** What the user has said of what the table leaves open. */
  answered: AnsweredQuestion[];
}

/** The names of the columns that were read. */
export interface ReadColumns {
  label: string;
  prediction: string | null;
  scores: string[];
  /** One column of probabilities, made classes. */
  threshold: ThresholdRule | null;
  attributes: string[];
  cluster: string | null;
  id: string | null;
}

/**
 * Reads a table of predictions: one row per sample with its true class, its predicted class, perhaps scores
 * (`score_<class>`), and one or more sensitive attributes with any number of groups. Rows where one of these is missing
 * are left out of everything and counted, so that all attributes are about the same samples.
 *
 * @param baselineTable the same of the model that is compared with, or null
 * @throws LabError `needs-answers` for what the table leaves open; `column-missing`; `value-not-mapped`, `config-invalid`
 * or `group-too-small` for the groups; `too-few-classes`; `predictions-invalid` when labels and predictions have no class in
 * common, or the two tables are not about the same samples
 */
export function readPredictions(
  table: Table,
  columns: PredictionsColumns = {},
  baselineTable: Table | null = null,
): PredictionsFile {
  const asker = createAsker(columns.answers);
  try {
    return readWith(asker, table, columns, baselineTable);
  } catch (error) {
    // A question that is open may be why: reading went on with the likeliest answer.
    asker.stopForOpen(table.file);
    throw error;
  }
}

function readWith(
  asker: Asker,
  table: Table,
  columns: PredictionsColumns,
  baselineTable: Table | null,
): PredictionsFile {
  const roles = findRoles(table, columns, asker);
  const held = moveProbabilities(roles);
  const { cluster } = roles;
  const attributeColumns = findAttributes(table, columns, { ...roles, ...held }, asker);
  const other = baselineTable && openBaseline(table, baselineTable, roles, columns, asker);
  const outputs = other ? [held, other.held] : [held];
  const space = openClassSpace(
    {
      labels: other ? [roles.label, other.label] : [roles.label],
      predictions: outputs.flatMap(({ prediction }) => prediction ?? []),
      scores: outputs.flatMap(({ scores }) => scores),
    },
    asker,
  );
  const labelOf = space.labelOf(roles.label);
  if (other) requireSameLabels(table, other, labelOf, space.labelOf(other.label), roles.label.name);
  const options = { space, threshold: columns.threshold ?? defaultThreshold, asker };
  const model = openOutput(held, options);
  const baseline = other && openOutput(other.held, options);

  const opened = attributeColumns.map((column) => openAttribute(column, asker));
  const sorted = sortRows(table, (row) => {
    if (labelOf(row) === undefined) return { reason: 'labelMissing', column: roles.label };
    const unscored = model.scores?.gapIn(row);
    if (unscored) return { reason: 'scoreMissing', column: unscored };
    if (other && baseline?.scores?.gapIn(other.rowOf(row))) return { reason: 'scoreMissing' };
    const predicted = model.predictedOf(row);
    if (predicted === undefined) return { reason: 'predictionMissing', column: model.columns[0] };
    const compared = baseline && other ? baseline.predictedOf(other.rowOf(row)) : '';
    if (compared === undefined) return { reason: 'baselineMissing' };
    if (predicted === null || compared === null)
      return { reason: 'classLeftOut', column: held.prediction ?? undefined };
    const unknown = opened.findIndex(({ valueOf }) => valueOf(row) === undefined);
    return unknown < 0 ? null : { reason: 'groupMissing', column: attributeColumns[unknown] };
  });
  const { rows } = sorted;
  const baselineRows = other ? rows.map(other.rowOf) : [];
  const labels = rows.map((row) => labelOf(row)!);
  const classNames = nameClasses(labels, [
    ...rows.map((row) => model.predictedOf(row)!),
    ...baselineRows.map((row) => baseline!.predictedOf(row)!),
    ...(model.scores?.classes ?? []),
    ...(baseline?.scores?.classes ?? []),
  ]);
  const indexOf = new Map(classNames.map((name, index) => [name, index]));
  const attributes = opened.map(({ group }) => group(rows, opened.length, columns.group0Values));
  const samples = {
    labels: labels.map((name) => indexOf.get(name)!),
    classNames,
    clusters: cluster && rows.map((row) => clusterOf(cluster, row)),
    attributes: attributes.length > 1 ? [...attributes, intersectAttributes(attributes)] : attributes,
  };
  const file: PredictionsFile = {
    model: { ...samples, ...collectOutput(model, rows, classNames) },
    baseline: baseline && { ...samples, ...collectOutput(baseline, baselineRows, classNames) },
    excluded: sorted.excluded,
    rows: tallyRows(table, sorted),
    read: {
      label: roles.label.name,
      prediction: held.prediction?.name ?? null,
      scores:
        model.scores && !model.rule
          ? model.columns.filter((column) => column !== held.prediction).map(({ name }) => name)
          : [],
      threshold: model.rule,
      attributes: attributeColumns.map(({ name }) => name),
      cluster: cluster?.name ?? null,
      id: roles.id?.name ?? null,
    },
    findings: [],
    answered: asker.answered(),
  };
  asker.requireAnswers(table.file);
  return { ...file, findings: notePredictions(file, { table, roles, model, baseline, space, rows, baselineTable }) };
}

/** @throws LabError `column-missing` for a name that there is not, or where no column or several could be meant */
function findAttributes(
  table: Table,
  { attributes, id }: PredictionsColumns,
  { label, prediction, notClasses, probability, scores, cluster }: ColumnRoles & HeldRoles,
  asker: Asker,
): TableColumn[] {
  if (attributes) return attributes.map((name) => requireColumn(table, name, asker));
  const named = id === undefined ? null : requireColumn(table, id, asker);
  const used = [label, prediction, notClasses, probability, cluster, named, ...scores.map(({ column }) => column)];
  return [
    onlyOtherColumn(
      table,
      used.filter((column) => column !== null),
    ),
  ];
}

/** A baseline's table beside that of the predictions. */
interface OpenedBaseline {
  label: TableColumn;
  held: HeldRoles;
  /** The baseline's row of each row of the predictions. */
  rowOf(row: number): number;
  table: Table;
}

function openBaseline(
  table: Table,
  baseline: Table,
  roles: ColumnRoles,
  columns: PredictionsColumns,
  asker: Asker,
): OpenedBaseline {
  const label = requireColumn(baseline, roles.label.name, asker);
  const held = moveProbabilities(
    findOutput(baseline, label, { prediction: columns.prediction ?? roles.prediction?.name }, asker),
  );
  const ids =
    columns.id === undefined
      ? null
      : { own: requireColumn(table, columns.id, asker), other: requireColumn(baseline, columns.id, asker) };
  return { label, held, rowOf: joinBaseline(table, baseline, ids), table: baseline };
}

function requireSameLabels(
  table: Table,
  other: OpenedBaseline,
  labelOf: (row: number) => string | undefined,
  baselineLabelOf: (row: number) => string | undefined,
  column: string,
) {
  for (let row = 0; row < table.rowCount; row++) {
    const partner = other.rowOf(row);
    if (labelOf(row) === baselineLabelOf(partner)) continue;
    throw labelsDiffer(table.rowNumbers[row]!, other.table.rowNumbers[partner]!, column);
  }
}

function clusterOf(column: TableColumn, row: number): string {
  const text = cellText(column, row);
  return isMissing(text) ? '' : canonicalValue(text);
}

function nameClasses(labels: readonly string[], predicted: readonly string[]): string[] {
  const classNames = sortNames(new Set([...labels, ...predicted]));
  if (classNames.length >= 2) return classNames;
  throw new LabError({
    code: 'too-few-classes',
    stage: 'reading the predictions',
    message: `The ${labels.length} complete rows of the table hold fewer than two classes.`,
    hint: 'Check that the right columns are read and that their cells are not empty.',
    details: { rows: labels.length, classes: classNames.length },
  });
}
