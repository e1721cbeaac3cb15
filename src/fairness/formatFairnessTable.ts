import { latexRow } from '../foundation/escape/escapeLatex';
import { markdownRow } from '../foundation/escape/escapeMarkdown';
import { escapeTerminalLine } from '../foundation/escape/escapeTerminal';
import { fairnessTableCsv } from './fairnessTableCsv';
import type { FairnessTable } from './tableRows';
import { type TextBlock, textBlocks } from './textBlocks';

export const tableFormats = ['text', 'markdown', 'csv', 'latex'] as const;
export type TableFormat = (typeof tableFormats)[number];

/**
 * Writes the paper's table. Text, Markdown and LaTeX are for reading: rounded, with a true minus sign, as one part for
 * the groups and one for the criteria. CSV is for computing: one part, full precision, see {@link fairnessTableCsv}.
 *
 * @param digits significant digits of the formats for reading, 1 … 21
 * @returns text that ends with a line end
 */
export function formatFairnessTable(table: FairnessTable, format: TableFormat, digits = 3): string {
  switch (format) {
    case 'text':
      return textBlocks(table, digits).map(writeText).join('\n');
    case 'markdown':
      return textBlocks(table, digits).map(writeMarkdown).join('\n');
    case 'latex':
      return `% Needs \\usepackage{booktabs}.\n${textBlocks(table, digits).map(writeLatex).join('\n')}`;
    case 'csv':
      return fairnessTableCsv(table);
  }
}

export function writeText({ header, rows }: TextBlock): string {
  const lines = [header, ...rows].map((cells) => cells.map(escapeTerminalLine));
  const widths = header.map((_, column) => Math.max(...lines.map((cells) => characterCount(cells[column]!))));
  return lines
    .map((cells) => cells.map((cell, column) => pad(cell, widths[column]!, column)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** Characters as code points: a sign outside the basic plane counts once. */
function characterCount(text: string): number {
  return Array.from(text).length;
}

/** Names to the left, numbers to the right. */
function pad(cell: string, width: number, column: number): string {
  const space = ' '.repeat(width - characterCount(cell));
  return column === 0 ? cell + space : space + cell;
}

export function writeMarkdown({ header, rows }: TextBlock): string {
  const alignment = `| ${header.map((_, column) => (column === 0 ? ':--' : '--:')).join(' | ')} |`;
  return [markdownRow(header), alignment, ...rows.map(markdownRow)].map((line) => `${line}\n`).join('');
}

function writeLatex({ header, rows }: TextBlock): string {
  const alignment = `l${'r'.repeat(header.length - 1)}`;
  return [
    `\\begin{tabular}{${alignment}}\n\\toprule\n`,
    `${latexRow(header)}\n`,
    '\\midrule\n',
    ...rows.map((row) => `${latexRow(row)}\n`),
    '\\bottomrule\n\\end{tabular}\n',
  ].join('');
}
