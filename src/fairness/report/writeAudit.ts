import { escapeMarkdownLine } from '../../foundation/escape/escapeMarkdown';
import { escapeTerminalLine } from '../../foundation/escape/escapeTerminal';
import { rowsSetAsideKinds } from '../../tables/tableFinding';
import type { PredictionsAudit } from '../predictions/auditPredictions';
import { writeAnalysis } from './writeAnalysis';

const examplesShown = 3;

/** A whole audit for reading: how the table was read and what is odd about it, then every attribute's tables. */
export function writeAudit(audit: PredictionsAudit, format: 'text' | 'markdown'): string {
  const parts = audit.audits.map(({ attribute, analysis }) => writeAnalysis(attribute, analysis, format));
  const lines = [readingLine(audit), ...leftOutLines(audit), ...answerLines(audit), ...findingLines(audit)];
  const reading = lines.map(format === 'markdown' ? (line) => `- ${escapeMarkdownLine(line)}` : escapeTerminalLine);
  return [`${reading.join('\n')}\n`, ...parts].join('\n');
}

/** Which columns were read as what, and how many rows were used. */
export function readingLine({ read, rows }: Pick<PredictionsAudit, 'read' | 'rows'>): string {
  const { label, prediction, scores, threshold, attributes, cluster } = read;
  const parts = [
    `label from ${label}`,
    ...(prediction === null ? [] : [`prediction from ${prediction}`]),
    ...(threshold === null
      ? []
      : [`prediction ${threshold.className} where ${threshold.column} ≥ ${threshold.threshold}`]),
    ...(scores.length === 0 ? [] : [`scores from ${shorten(scores)}`]),
    `groups from ${attributes.join(', ')}`,
    ...(cluster === null ? [] : [`clusters from ${cluster}`]),
  ];
  return `${rows.used} of ${rows.total} rows used; ${parts.join(', ')}.`;
}

/** Why rows were left out and how many; empty when all were used. */
export function leftOutLines({ rows }: Pick<PredictionsAudit, 'rows'>): string[] {
  return rows.leftOut.map(
    ({ reason, count, examples }) => `${count} rows left out: ${reason}.${inBrackets(examples, count)}`,
  );
}

/** What the user has said of what the table leaves open. */
export function answerLines({ answered }: Pick<PredictionsAudit, 'answered'>): string[] {
  return answered.map(({ question, label }) => `Confirmed by you: ${question} ${label}.`);
}

/** What is odd about the table or the predictions, rows that are left out aside: those are said with the reason. */
export function findingLines({ findings }: Pick<PredictionsAudit, 'findings'>): string[] {
  const setAside: readonly string[] = rowsSetAsideKinds;
  return findings
    .filter(({ kind }) => !setAside.includes(kind))
    .map(({ message, examples, count }) => `${message}${inBrackets(examples, count)}`);
}

function inBrackets(examples: readonly string[], count: number): string {
  if (examples.length === 0) return '';
  return ` (${examples.slice(0, examplesShown).join('; ')}${count > examplesShown ? '; …' : ''})`;
}

function shorten(names: readonly string[]): string {
  return names.length > examplesShown
    ? `${names.slice(0, examplesShown).join(', ')}, … (${names.length})`
    : names.join(', ');
}
