import { splitNames } from '../../dataset/splitName';
import { type DatasetManifest, imageFitOf } from '../../dataset/stored/dataset';
import { describeFit } from '../../foundation/imageFit';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { numberFlag } from '../flag';
import { imageSizeSchema } from '../labConfig';
import { imageFitFlags, parseImageFit } from '../parseImageFit';
import { printCounts } from '../printCounts';
import { printFindings } from '../printFindings';
import { planFlags, readPlan } from '../readPlan';

const defaultImageSize = 64;

const flags = {
  ...planFlags,
  image: numberFlag(imageSizeSchema, `side of the stored images in pixels (default ${defaultImageSize})`),
  ...imageFitFlags,
};

/** `lab data import DIR`: decodes, maps, splits and audits a folder or zip. */
export const importData = declareCommand({
  summary: 'decodes, maps and audits: counts and findings',
  word: { name: 'DIR', help: 'the folder or zip' },
  flags,
  usesEngine: true,
  run: importFolder,
});

async function importFolder(line: CommandLine<typeof flags>): Promise<number> {
  const path = line.word;
  const { image: imageSize = defaultImageSize } = line.flags;
  const imageFit = parseImageFit(line.flags);
  const plan = await readPlan(line, path);
  const lab = await line.lab();
  const dataset = await lab.run(
    'importFiles',
    { name: path, files: [], imageSize, imageFit, ...plan },
    { paths: [path], listener: { progress: line.output.progress } },
  );
  const { classNames, groupNames, splitHashes, mapping } = dataset;
  const fit = imageFitOf(dataset);
  const counts = countSamples(dataset);
  line.output.event({
    kind: 'imported',
    id: dataset.id,
    imageSize,
    imageFit: fit,
    classNames,
    groupNames,
    counts,
    splitHashes,
    ...mapping,
  });
  if (fit) line.output.text(`Images: ${describeFit(fit)} to ${imageSize} × ${imageSize} pixels.`);
  printFindings(dataset, line.output);
  if (mapping) printCounts({ classNames, groupNames, counts, ...mapping }, line.output);
  return exitCodes.ok;
}

/** `[split][class][group]`. */
function countSamples({ classNames, samples }: DatasetManifest): number[][][] {
  const counts = splitNames.map(() => classNames.map(() => [0, 0]));
  for (const [index, label] of samples.labels.entries()) {
    counts[samples.splits[index]!]![label]![samples.groups[index]!]!++;
  }
  return counts;
}
