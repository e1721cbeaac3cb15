import { escapeMarkdownLine } from '../../foundation/escape/escapeMarkdown';
import { escapeTerminalLine } from '../../foundation/escape/escapeTerminal';
import type { FairnessEvaluation } from '../fairnessEvaluation';
import { writeMarkdown, writeText } from '../formatFairnessTable';
import { analysisBlocks } from './analysisBlocks';

/** An analysis for reading: what was used, then its tables. Ends with a line end. */
export function writeAnalysis(attribute: string, analysis: FairnessEvaluation, format: 'text' | 'markdown'): string {
  const { n, groupNames, leftOut, settings, unit } = analysis;
  const isMarkdown = format === 'markdown';
  const left = leftOut.map(({ groupName, n: size }) => `${groupName} (${size})`).join(', ');
  const heading = (marks: string, text: string) =>
    isMarkdown ? `${marks} ${escapeMarkdownLine(text)}` : escapeTerminalLine(text);
  const paragraph = isMarkdown ? escapeMarkdownLine : escapeTerminalLine;
  const lines = [
    heading('##', `${attribute}: ${groupNames.length} groups, ${n} samples`),
    paragraph(intervalWords(settings, unit)),
    ...(left ? [paragraph(`Groups left out with fewer than ${settings.minimumGroupSize} samples: ${left}.`)] : []),
  ];
  const tables = analysisBlocks(analysis).map(
    (block) => `\n${heading('###', block.title)}\n${isMarkdown ? `\n${writeMarkdown(block)}` : writeText(block)}`,
  );
  return `${lines.join(isMarkdown ? '\n\n' : '\n')}\n${tables.join('')}`;
}

function intervalWords(
  { replicates, permutations, level, method, seed }: FairnessEvaluation['settings'],
  unit: string,
) {
  const intervals =
    replicates === 0
      ? 'No intervals.'
      : `${Number((100 * level).toPrecision(6))} % intervals (${method === 'bca' ? 'BCa' : 'percentile'} bootstrap, ${replicates} resamples of ${unit === 'cluster' ? 'clusters' : 'samples within group × class'}). An interval with * is not to be relied on: resampling shifts the number by more than a quarter of its standard error.`;
  const chance = permutations === 0 ? '' : ` Chance: ${permutations} permutations of the groups within classes.`;
  return `${intervals}${chance} Seed ${seed}.`;
}
