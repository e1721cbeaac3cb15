import type { FilesSummary } from '../../dataset/filesSummary';
import { defaultSplitSettings } from '../../dataset/splitSettings';
import { type Command, type CommandLine, exitCodes, requireWord } from '../commandLine';
import { describeQuestions } from '../describeQuestions';
import type { HeadlessLab } from '../headlessLab';
import { isWhole } from '../loadInputs';
import { formatColumns } from '../output';
import { isFolder } from '../readInput';

/** `lab data inspect DIR`: tables, columns, images and a mapping worth starting from. */
export const inspectData: Command = { wordCount: 1, flags: ['backend'], run: inspect };

async function inspect(line: CommandLine): Promise<number> {
  const path = requireWord(line, 0, 'The folder or zip');
  await isFolder(path);
  const lab = await line.lab();
  const summary = await lab.run(
    'inspectFiles',
    { files: [] },
    { paths: [path], listener: { progress: line.output.progress } },
  );
  line.output.event({ kind: 'filesSummary', ...summary });
  line.output.text(
    `${summary.imageCount} images (${summary.imageExamples.slice(0, 3).join(', ')}${summary.imageCount > 3 ? ', …' : ''})`,
  );
  for (const table of summary.tables) {
    line.output.text(`\n${table.file}: ${table.rowCount} rows`);
    line.output.text(
      formatColumns(
        ['column', 'values', 'missing', 'most frequent'],
        table.columns.map((column) => [
          column.name,
          String(column.distinctCount),
          String(column.missingCount),
          column.values
            .slice(0, 4)
            .map(({ value, count }) => `${value} (${count})`)
            .join(', '),
        ]),
      ),
    );
  }
  const { suggestion, ignoredFiles, format } = summary;
  if (format) {
    line.output.text(`\nThis is ${format.name}.`);
    for (const note of format.notes) line.output.text(`- ${note}`);
    if (format.confirm) line.output.text(`To be confirmed by you: ${format.confirm}`);
  }
  for (const { message, examples } of summary.findings) line.output.text(`${message} (${examples.join(', ')})`);
  for (const file of summary.predictionTables) {
    line.output.text(`\n${file} holds predictions: "npm run lab -- audit ${file}" measures their gap without images.`);
  }
  line.output.text(
    suggestion
      ? `\nSuggested mapping:\n${JSON.stringify(suggestion, null, 2)}`
      : '\nNo table found, so no mapping can be suggested.',
  );
  await describeOpen(line, lab, suggestion);
  if (ignoredFiles.length > 0) line.output.text(`\nNeither image nor table: ${ignoredFiles.slice(0, 10).join(', ')}`);
  return exitCodes.ok;
}

/** What the suggested mapping leaves open, with the flags that answer it. */
async function describeOpen(
  line: CommandLine,
  lab: HeadlessLab,
  suggestion: FilesSummary['suggestion'],
): Promise<void> {
  if (!suggestion || !isWhole(suggestion)) return;
  const { join, mapping } = suggestion;
  const params = { source: { kind: 'inspected', join } as const, mapping, split: defaultSplitSettings };
  const { problem } = await lab.run('previewMapping', params);
  if (!problem?.questions) return;
  line.output.event({ kind: 'questions', questions: problem.questions });
  line.output.text(
    `\nTo be said before it is used (--assume, or "answers" of the mapping):\n${describeQuestions(problem.questions)}`,
  );
}
