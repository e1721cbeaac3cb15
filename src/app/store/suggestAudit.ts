import { defaultAuditSettings } from '../../fairness/predictions/auditPredictions';
import { sampleColumns } from '../../fairness/predictions/sampleColumns';
import { findScoreColumns } from '../../fairness/predictions/scoreColumns';
import type { AuditSettings } from './labState';

/** Names that tell what a column holds. */
const labelNames = /^(label|truth|true|target|y|dx|diagnosis|class)/i;
const predictionNames = /^(pred|prediction|predicted|output|y_?pred|y_?hat)/i;
const clusterNames = /(patient|lesion|subject|case)/i;
const idNames = /^(id|image|file|name|path|index|sample)/i;
const attributeNames = /sex|gender|skin|tone|fit[sz]patrick|race|ethnic|group|sensitive|^age/i;

/** Columns with more values than this are no groups of people. */
const mostGroups = 20;

/** The header is within this many bytes, also of a table with thousands of score columns. */
const headBytes = 256 * 1024;

/**
 * Reads the names of a file's columns and guesses what they hold; what the user had chosen before stays where the column is
 * there still.
 *
 * @throws LabError `table-unreadable` when the file has no columns
 */
export async function suggestAudit(file: File, before: AuditSettings | null): Promise<AuditSettings> {
  const sampled = sampleColumns(await file.slice(0, headBytes).text());
  const columns = sampled.map(({ name }) => name);
  const keep = (name: string | null | undefined) => (name != null && columns.includes(name) ? name : undefined);
  const find = (pattern: RegExp) => columns.find((name) => pattern.test(name));
  const label = keep(before?.label) ?? find(labelNames) ?? columns[0]!;
  const prediction = keep(before?.prediction) ?? find(predictionNames) ?? 'prediction';
  const cluster = keep(before?.cluster) ?? find(clusterNames) ?? null;
  const scores = findScoreColumns(columns)?.names ?? [];
  const others = sampled.filter(
    ({ name, distinctCount }) =>
      ![label, prediction, cluster, ...scores].includes(name) && !idNames.test(name) && distinctCount <= mostGroups,
  );
  const other = others.find(({ name }) => attributeNames.test(name)) ?? others.find((each) => each.distinctCount > 1);
  const kept = before?.attributes.filter((name) => columns.includes(name)) ?? [];
  return {
    fileName: file.name,
    columns,
    // Another file's baseline is about other samples.
    baselineName: null,
    label,
    prediction,
    attributes: kept.length > 0 ? kept : other === undefined ? [] : [other.name],
    cluster,
    analysis: before?.analysis ?? defaultAuditSettings,
  };
}
