import { basename, dirname } from 'node:path';
import type { MappedSamples } from '../../dataset/mapping/mappedSamples';
import { splitNames } from '../../dataset/splitName';
import { writeCsvOf } from '../../foundation/escape/writeCsv';
import { fromErrorData } from '../../foundation/labError';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { textFlag } from '../flag';
import { printCounts } from '../printCounts';
import { planFlags, readPlan } from '../readPlan';
import { makeOutputFolder, writeOutput } from '../writeOutput';

const listed = ['image', 'class', 'group', 'split'] as const;

const flags = { ...planFlags, out: textFlag('FILE.csv', 'file for the table') };

/** `lab data split DIR`: class, group and split of every image, without decoding any. */
export const splitData = declareCommand({
  summary: 'class, group and split of every image',
  word: { name: 'DIR', help: 'the folder or zip' },
  flags,
  usesEngine: true,
  run: splitFolder,
});

async function splitFolder(line: CommandLine<typeof flags>): Promise<number> {
  const { word: path, output } = line;
  const { out } = line.flags;
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
  output.event({
    kind: 'split',
    seed: split.seed,
    columns: columns.map(({ name }) => name),
    ...counted,
    samples: rows,
  });
  if (out !== undefined) {
    await makeOutputFolder(dirname(out));
    await writeOutput(
      dirname(out),
      basename(out),
      writeCsvOf(samples!.clusters ? [...listed, 'cluster'] : listed, rows),
    );
  }
  printCounts(preview, output);
  for (const { message } of preview.findings) output.line(message);
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
