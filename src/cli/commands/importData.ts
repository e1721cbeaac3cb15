import { type DatasetManifest, imageFitOf, splitNames } from '../../dataset/dataset';
import { bounds } from '../../foundation/bounds';
import { describeFit } from '../../foundation/imageFit';
import { type Command, type CommandLine, exitCodes, requireWord } from '../commandLine';
import { imageFitFlags, parseImageFit } from '../parseImageFit';
import { parseWholeNumber } from '../parseWholeNumber';
import { printCounts } from '../printCounts';
import { printFindings } from '../printFindings';
import { readPlan } from '../readPlan';

const defaultImageSize = 64;

/** `lab data import DIR`: decodes, maps, splits and audits a folder or zip. */
export const importData: Command = {
  wordCount: 1,
  flags: ['backend', 'mapping', 'image', 'seed', 'assume', ...imageFitFlags],
  run: importFolder,
};

async function importFolder(line: CommandLine): Promise<number> {
  const path = requireWord(line, 0, 'The folder or zip');
  const { image } = line.flags;
  const imageSize = image === undefined ? defaultImageSize : parseWholeNumber('image', image, bounds.imageSize);
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
