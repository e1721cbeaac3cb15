import type { ImportPlan } from '../../dataset/mapping/parseMapping';
import { defaultSplitSettings } from '../../dataset/split/splitSettings';
import type { FilesSummary } from '../../dataset/suggest/filesSummary';
import type { OpenQuestion } from '../../foundation/openQuestion';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { mappingFlag } from '../dataFlags';
import { describeQuestions } from '../describeQuestions';
import { isWhole } from '../loadInputs';
import type { OpenLab } from '../openLab';
import { formatColumns, type Output } from '../output';
import { printCounts } from '../printCounts';
import { isFolder } from '../readInput';
import { readMappingFile } from '../readPlan';

const flags = {
  mapping: { ...mappingFlag, help: 'join, mapping and split to try, in place of those that the tables suggest' },
};

/** `lab data inspect DIR`: tables, columns, images, and what a mapping makes of them, or one worth starting from. */
export const inspectData = declareCommand({
  summary: 'what a folder or zip holds, and which known set it is',
  word: { name: 'DIR', help: 'the folder or zip' },
  flags,
  usesEngine: true,
  run: inspect,
});

async function inspect(line: CommandLine<typeof flags>): Promise<number> {
  const path = line.word;
  await isFolder(path);
  const given = line.flags.mapping === undefined ? null : await readMappingFile(line.flags.mapping);
  const lab = await line.lab();
  const summary = await lab.run(
    'inspectFiles',
    { files: [] },
    { paths: [path], listener: { progress: line.output.progress } },
  );
  line.output.event({ kind: 'filesSummary', ...summary });
  line.output.line(
    `${summary.imageCount} images (${summary.imageExamples.slice(0, 3).join(', ')}${summary.imageCount > 3 ? ', …' : ''})`,
  );
  for (const table of summary.tables) {
    line.output.text('');
    line.output.line(`${table.file}: ${table.rowCount} rows`);
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
    for (const note of format.notes) line.output.line(`- ${note}`);
    if (format.confirm) line.output.line(`To be confirmed by you: ${format.confirm}`);
  }
  for (const { message, examples } of summary.findings) line.output.line(`${message} (${examples.join(', ')})`);
  for (const file of summary.predictionTables) {
    line.output.text('');
    line.output.line(`${file} holds predictions: "npm run lab -- audit ${file}" measures their gap without images.`);
  }
  if (given) await showPlan(line.output, lab, given);
  else {
    line.output.text(
      suggestion
        ? `\nSuggested mapping:\n${JSON.stringify(suggestion, null, 2)}`
        : '\nNo table found, so no mapping can be suggested.',
    );
    await describeOpen(line.output, lab, suggestion);
  }
  if (ignoredFiles.length > 0) {
    line.output.text('');
    line.output.line(`Neither image nor table: ${ignoredFiles.slice(0, 10).join(', ')}`);
  }
  return exitCodes.ok;
}

/** What the suggested mapping leaves open, with the flags that answer it. */
async function describeOpen(output: Output, lab: OpenLab, suggestion: FilesSummary['suggestion']): Promise<void> {
  if (!suggestion || !isWhole(suggestion)) return;
  const { join, mapping } = suggestion;
  const params = { source: { kind: 'inspected', join } as const, mapping, split: defaultSplitSettings };
  const { problem } = await lab.run('previewMapping', params);
  if (problem?.questions) printQuestions(output, problem.questions);
}

/** What a mapping makes of the files, or why they cannot be used so. */
async function showPlan(output: Output, lab: OpenLab, { join, mapping, split }: ImportPlan): Promise<void> {
  const preview = await lab.run('previewMapping', { source: { kind: 'inspected', join }, mapping, split });
  const { columns: _columns, samples: _samples, ...counted } = preview;
  output.event({ kind: 'mappingPreview', ...counted });
  if (preview.problem?.questions) printQuestions(output, preview.problem.questions);
  else if (preview.problem) {
    output.text('');
    output.line(`The mapping cannot be used so. ${preview.problem.message}`);
  }
  printCounts(preview, output);
  for (const { message } of preview.findings) output.line(message);
}

function printQuestions(output: Output, questions: OpenQuestion[]): void {
  output.event({ kind: 'questions', questions });
  output.text(
    `\nTo be said before it is used (--assume, or "answers" of the mapping):\n${describeQuestions(questions)}`,
  );
}
