import { escapeMarkdownLine } from '../../foundation/escape/escapeMarkdown';
import { escapeTerminalLine } from '../../foundation/escape/escapeTerminal';
import { writeCsvOf } from '../../foundation/escape/writeCsv';
import { writeMarkdown, writeText } from '../formatFairnessTable';
import type { TextBlock } from '../textBlocks';
import type { PublishedAudit } from './auditPublishedTable';
import type { CellCheck } from './cellCheck';
import { describeFindings } from './describeFindings';

const columns = ['Table', 'Method', 'Cell', 'Printed', 'Recomputed', 'Low', 'High', 'Verdict', 'Rule'] as const;

/** Every check as CSV: numbers in full precision, empty where there is none. */
export function publishedAuditCsv({ checks }: PublishedAudit): string {
  const data = checks.map(({ table, method, column, printed, recomputed, low, high, verdict, why }) => ({
    Table: table,
    Method: method,
    Cell: column,
    Printed: printed,
    Recomputed: recomputed,
    Low: low,
    High: high,
    Verdict: verdict,
    Rule: why,
  }));
  return writeCsvOf(columns, data);
}

/** The audit as a text for people: counts, what was noticed, and the cells that are not exact (or all). */
export function publishedAuditText(
  audit: PublishedAudit,
  format: 'text' | 'markdown',
  { all = false }: { all?: boolean } = {},
): string {
  const shown = audit.checks.filter(({ verdict, column }) => all || isWorthShowing(verdict, column));
  const block = cellBlock(shown);
  const findings = describeFindings(audit).map((line) =>
    format === 'markdown' ? `- ${escapeMarkdownLine(line)}\n` : `${escapeTerminalLine(line)}\n`,
  );
  const table = shown.length === 0 ? '' : `\n${format === 'markdown' ? writeMarkdown(block) : writeText(block)}`;
  return `${describeCounts(audit)}\n${findings.length > 0 ? `\n${findings.join('')}` : ''}${table}`;
}

/** An Eodd that fits its bounds is no finding. */
function isWorthShowing(verdict: CellCheck['verdict'], column: string): boolean {
  return verdict === 'impossible' || verdict === 'open' || (verdict === 'possible' && column !== 'Eodd');
}

export function describeCounts({ checks, counts, rowCount }: Pick<PublishedAudit, 'checks' | 'counts' | 'rowCount'>) {
  return `${checks.length} cells of ${rowCount} rows: ${counts.exact} exact, ${counts.possible} possible within rounding, ${counts.impossible} impossible${counts.open > 0 ? `, ${counts.open} open` : ''}.`;
}

function cellBlock(checks: readonly CellCheck[]): TextBlock {
  const number = (value: number | null) => (value === null ? '–' : value.toFixed(4).replace('-', '−'));
  const hasTables = new Set(checks.map(({ table }) => table)).size > 1;
  return {
    header: [...(hasTables ? ['Table'] : []), 'Method', 'Cell', 'Printed', 'Recomputed', 'Possible', 'Verdict'],
    rows: checks.map(({ table, method, column, printed, recomputed, low, high, verdict }) => [
      ...(hasTables ? [table] : []),
      method,
      column,
      printed,
      number(recomputed),
      low === null ? 'any' : `${number(low)} to ${number(high)}`,
      verdict,
    ]),
  };
}
