import { describeFit } from '../../foundation/imageFit';
import { LabError } from '../../foundation/labError';
import { type Command, type CommandLine, exitCodes, parseOneOf, requireWord } from '../commandLine';
import type { HeadlessLab } from '../headlessLab';
import { loadData, loadModel, requireInputs } from '../loadInputs';
import { modelOptionFlags, parseModelOptions } from '../modelOptions';
import { makeOutputFolder, writeOutput } from '../writeOutput';

const fileName = 'predictions.csv';

/**
 * `lab model predict FILE|demo --data DIR|demo [--split train|validation]` or `--images DIR`: predictions as CSV, in a file
 * with `--out DIR`, on standard output without.
 */
export const predictImages: Command = {
  wordCount: 1,
  flags: ['backend', 'data', 'images', 'out', 'split', ...modelOptionFlags],
  run: predict,
};

async function predict(line: CommandLine): Promise<number> {
  const path = requireWord(line, 0, 'The model file');
  const { data, images, out } = line.flags;
  if ((data === undefined) === (images === undefined)) {
    throw new LabError({
      code: 'config-invalid',
      message: 'What to predict is not clear.',
      hint: 'Give --data DIR|demo for the images of a labelled set, or --images DIR for images alone.',
    });
  }
  const split = parseSplit(line);
  const options = parseModelOptions(line.flags);
  await requireInputs(path, data, images);
  if (out !== undefined) await makeOutputFolder(out);
  const lab = await line.lab();
  const model = await loadModel(lab, path, options);
  const made = await (images === undefined
    ? predictSplit(line, lab, model, split)
    : lab.run(
        'predict',
        { modelId: model.id, source: { kind: 'files', files: [] } },
        { paths: [images], listener: { progress: line.output.progress } },
      ));
  const { imageCount, accuracy, imageFit, unreadable } = made;
  const csv = new TextDecoder().decode(made.bytes);
  if (out !== undefined) await writeOutput(out, fileName, csv);
  line.output.event({
    kind: 'predictions',
    imageCount,
    accuracy,
    imageFit,
    unreadable,
    ...(out === undefined && { csv }),
  });
  if (out === undefined) line.output.text(csv.trimEnd());
  else {
    const right = accuracy === null ? '' : `, ${(accuracy * 100).toFixed(1)} % right`;
    const square = imageFit ? `, ${describeFit(imageFit)} to ${model.imageSize} × ${model.imageSize}` : '';
    line.output.text(`${imageCount} images${square}${right}. Written: ${out}/${fileName}`);
    for (const { name, reason } of unreadable) line.output.text(`Left out: ${name}: ${reason}`);
  }
  return exitCodes.ok;
}

async function predictSplit(
  line: CommandLine,
  lab: HeadlessLab,
  { id: modelId, imageSize, preprocessing }: Awaited<ReturnType<typeof loadModel>>,
  split: 'train' | 'validation',
) {
  const { id: datasetId } = await loadData(line, { imageFit: preprocessing?.imageFit }, imageSize);
  return lab.run(
    'predict',
    { modelId, source: { kind: 'split', datasetId, split } },
    { listener: { progress: line.output.progress } },
  );
}

function parseSplit({ flags }: CommandLine): 'train' | 'validation' {
  if (flags.split === 'test') {
    throw new LabError({
      code: 'config-invalid',
      message: 'The test split is locked: every look at it is counted in a run record.',
      hint: 'Predict --split validation. A run opens the test split and counts the look.',
    });
  }
  if (flags.split !== undefined && flags.images !== undefined) {
    throw new LabError({
      code: 'config-invalid',
      message: '--split would have no effect beside --images.',
      hint: 'Leave one of the two out.',
    });
  }
  return parseOneOf('split', flags.split ?? 'validation', ['train', 'validation']);
}
