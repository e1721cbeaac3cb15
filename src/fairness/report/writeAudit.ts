import type { PredictionsAudit } from '../predictions/auditPredictions';
import { exclusionWords } from '../predictions/readPredictions';
import { writeAnalysis } from './writeAnalysis';

/** A whole audit for reading: every attribute's tables, then the rows that were left out. Ends with a line end. */
export function writeAudit({ audits, excluded }: PredictionsAudit, format: 'text' | 'markdown'): string {
  const parts = audits.map(({ attribute, analysis }) => writeAnalysis(attribute, analysis, format));
  return [...parts, ...excludedLines(excluded).map((line) => `${line}\n`)].join('\n');
}

/** Why rows were left out and how many; empty when all were used. */
export function excludedLines(excluded: PredictionsAudit['excluded']): string[] {
  return Object.entries(excluded)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count} rows left out: ${exclusionWords[reason as keyof typeof excluded]}.`);
}
