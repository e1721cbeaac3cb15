import type { JobContext } from '../../foundation/jobContext';
import type { Table } from '../../tables/table';
import { defaultEvaluationSettings, evaluate } from '../evaluate';
import type { EvaluationSettings, FairnessEvaluation } from '../fairnessEvaluation';
import { type PredictionsColumns, type PredictionsFile, readPredictions } from './readPredictions';

/**
 * Of a file with unknown groups: those with fewer than ten samples, which intersections easily have, say nothing but noise.
 * They are left out and listed.
 */
export const defaultAuditSettings: EvaluationSettings = { ...defaultEvaluationSettings, minimumGroupSize: 10 };

/** Files of predictions, and how to read and analyse them. */
export interface AuditRequest {
  table: Table;
  /** Of the model that is compared with, on the same samples; null for none. */
  baselineTable: Table | null;
  columns: PredictionsColumns;
  settings: EvaluationSettings;
}

/** All that can be said of predictions without the model and the images. */
export interface PredictionsAudit
  extends Pick<PredictionsFile, 'excluded' | 'rows' | 'read' | 'findings' | 'answered'> {
  /** One for each attribute and, where there are several, one for their intersection. */
  audits: AttributeAudit[];
}

export interface AttributeAudit {
  attribute: string;
  analysis: FairnessEvaluation;
}

/**
 * Audits the predictions of any model: {@link evaluate} for each sensitive attribute and for their
 * intersection.
 *
 * @throws LabError as {@link readPredictions} and {@link evaluate} do
 */
export async function auditPredictions(
  { table, baselineTable, columns, settings }: AuditRequest,
  context: JobContext,
): Promise<PredictionsAudit> {
  const file = readPredictions(table, columns, baselineTable);
  const { attributes } = file.model;
  const audits: AttributeAudit[] = [];
  for (const [attribute, { name }] of attributes.entries()) {
    const part = context.part(name, attribute / attributes.length, (attribute + 1) / attributes.length);
    audits.push({ attribute: name, analysis: await evaluate({ ...file, attribute }, settings, part) });
  }
  const { excluded, rows, read, findings, answered } = file;
  return { excluded, rows, read, findings, answered, audits };
}
