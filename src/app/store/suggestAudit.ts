import { defaultAuditSettings } from '../../fairness/predictions/auditPredictions';
import { idNames, labelNames, predictionNames } from '../../fairness/predictions/columnRoles';
import { defaultThreshold } from '../../fairness/predictions/modelOutputs';
import { findProbabilityColumns, findScoreColumns } from '../../fairness/predictions/scoreColumns';
import { createSilentContext } from '../../foundation/createJobControl';
import { isMissing } from '../../tables/isMissing';
import { readTable } from '../../tables/readTable';
import type { AuditSettings } from './labState';

/** Names that tell what a column holds, where it has none of the usual ones. */
const likeLabel = /^(label|truth|true|target|y$|dx|diagnosis|class)/i;
const likePrediction = /^(pred|output|y_?pred|y_?hat)/i;
const clusterNames = /(patient|lesion|subject|case)/i;
const attributeNames = /sex|gender|geschlecht|skin|tone|fit[sz]patrick|race|ethnic|group|sensitive|^age/i;

/** Columns with more values than this are no groups of people. */
const mostGroups = 20;

/**
 * Reads a file of predictions and guesses what its columns hold, for the user to correct; what the user had chosen before
 * stays where the column is there still.
 *
 * @throws LabError `table-unreadable` when the file is no table
 */
export async function suggestAudit(file: File, before: AuditSettings | null): Promise<AuditSettings> {
  const table = await readTable(file.name, new Uint8Array(await file.arrayBuffer()), createSilentContext());
  const columns = table.columns.map(({ name }) => name);
  const keep = (name: string | null | undefined) => (name != null && columns.includes(name) ? name : undefined);
  const find = (...patterns: RegExp[]) =>
    patterns.flatMap((pattern) => columns.find((name) => pattern.test(name)) ?? [])[0];
  const label = keep(before?.label) ?? find(...labelNames, likeLabel) ?? columns[0]!;
  const scores = [...findScoreColumns(table).map(({ column }) => column), ...findProbabilityColumns(table)];
  const scoreNames = scores.map(({ name }) => name);
  const guessed = keep(before?.prediction) ?? find(...predictionNames, likePrediction) ?? null;
  const prediction = guessed !== null && scoreNames.includes(guessed) ? null : guessed;
  const cluster = keep(before?.cluster) ?? find(clusterNames) ?? null;
  const others = table.columns.filter(({ name, values }) => {
    const isTaken = [label, prediction, cluster, ...scoreNames].includes(name) || idNames.test(name);
    return !isTaken && values.filter((value) => !isMissing(value)).length <= mostGroups;
  });
  const varied = others.filter(({ values }) => values.filter((value) => !isMissing(value)).length > 1);
  const other = varied.find(({ name }) => attributeNames.test(name)) ?? varied[0];
  const kept = before?.attributes.filter((name) => columns.includes(name)) ?? [];
  return {
    fileName: file.name,
    columns,
    // Another file's baseline, and what was said of it, are about other samples.
    baselineName: null,
    answers: {},
    label,
    prediction,
    attributes: kept.length > 0 ? kept : other === undefined ? [] : [other.name],
    cluster,
    threshold: before?.threshold ?? defaultThreshold,
    analysis: before?.analysis ?? defaultAuditSettings,
  };
}
