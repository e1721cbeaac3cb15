import { basename, dirname } from 'node:path';
import { splitNames } from '../../dataset/dataset';
import type { MappedSamples } from '../../dataset/mapping/mappedSamples';
import { writeCsvOf } from '../../foundation/escape/writeCsv';
import { fromErrorData } from '../../foundation/labError';
import { type Command, type CommandLine, exitCodes, requireWord } from '../commandLine';
import { printCounts } from '../printCounts';
import { readPlan } from '../readPlan';
import { makeOutputFolder, writeOutput } from '../writeOutput';

const listed = ['image', 'class', 'group', 'split'] as const;

/** `lab data split DIR`: class, group and split of every image, without decoding any. */
export const splitData: Command = {
  wordCount: 1,
  flags: ['backend', 'mapping', 'seed', 'assume', 'out'],
  run: splitFolder,
};

async function splitFolder(line: CommandLine): Promise<number> {
  const { output, flags } = line;
  const path = requireWord(line, 0, 'The folder or zip');
  const { join, mapping, split } = await readPlan(line, path);
  const lab = await line.lab();
  await lab.run('inspectFiles', { files: [] }, { paths: [path], listener: { progress: output.progress } });
  const preview = await lab.run('previewMapping', {
    source: { kind: 'inspected', join },
    mapping,
    split,
    withSamples: true,
  });
  if (preview.problem) throw fromErrorData(preview.problem);
  const { columns, samples, ...counted } = preview;
  const rows = listSamples(samples!);
  const hasClusters = samples!.clusters !== null;
  output.event({
    kind: 'split',
    seed: split.seed,
    columns: columns.map(({ name }) => name),
    ...counted,
    samples: rows,
  });
  if (flags.out !== undefined) {
    await makeOutputFolder(dirname(flags.out));
    await writeOutput(
      dirname(flags.out),
      basename(flags.out),
      writeCsvOf(hasClusters ? [...listed, 'cluster'] : listed, rows),
    );
  }
  printCounts(preview, output);
  for (const { message } of preview.findings) output.text(message);
  return exitCodes.ok;
}

function listSamples({ names, labels, groups, splits, clusters, classNames, groupNames }: MappedSamples) {
  return names.map((image, index) => ({
    image,
    class: classNames[labels[index]!],
    group: groupNames[groups[index]!],
    split: splitNames[splits[index]!],
    ...(clusters ? { cluster: clusters[index] } : {}),
  }));
}
