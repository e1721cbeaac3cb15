import type { ImportPlan } from '../../dataset/mapping/parseMapping';
import { describeFit } from '../../foundation/imageFit';
import { LabError } from '../../foundation/labError';
import type { ModelSummary } from '../../model/labModel';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { dataFlags } from '../dataFlags';
import { choiceFlag, textFlag } from '../flag';
import { loadData, loadModel, requireInputs } from '../loadInputs';
import { modelOptionFlags, parseModelOptions } from '../modelOptions';
import { printTrainingData } from '../printTrainingData';
import { readMapping } from '../readPlan';
import { makeOutputFolder, writeOutput } from '../writeOutput';

const fileName = 'predictions.csv';

const openSplits = ['train', 'validation'] as const;
type OpenSplit = (typeof openSplits)[number];
const splitFlag = choiceFlag(openSplits, 'the images of a labelled set that are predicted (default validation)');

const flags = {
  ...dataFlags,
  images: textFlag('DIR', 'images without labels, in place of --data'),
  split: { ...splitFlag, read: readSplit },
  out: textFlag('DIR', 'folder for the table; standard output when left out'),
  ...modelOptionFlags,
};

/**
 * `lab model predict FILE|demo --data DIR|demo [--split train|validation]` or `--images DIR`: predictions as CSV, in a file
 * with `--out DIR`, on standard output without.
 */
export const predictImages = declareCommand({
  summary: 'predictions as CSV, which "lab audit" reads',
  word: { name: 'FILE|DIR|demo', help: 'the model' },
  flags,
  usesEngine: true,
  run: predict,
});

type PredictLine = CommandLine<typeof flags>;

async function predict(line: PredictLine): Promise<number> {
  const path = line.word;
  const { data, images, out, split = 'validation' } = line.flags;
  if ((data === undefined) === (images === undefined)) {
    throw new LabError({
      code: 'config-invalid',
      message: 'What to predict is not clear.',
      hint: 'Give --data DIR|demo for the images of a labelled set, or --images DIR for images alone.',
    });
  }
  refuseBesideImages(line);
  const options = parseModelOptions(line.flags);
  const mapping = images === undefined ? await readMapping(line) : {};
  await requireInputs(path, data, images);
  if (out !== undefined) await makeOutputFolder(out);
  const lab = await line.lab();
  const model = await loadModel(lab, path, options);
  const made = await (images === undefined
    ? predictSplit(line, model, { split, mapping })
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
  line: PredictLine,
  model: ModelSummary,
  { split, mapping }: { split: OpenSplit; mapping: Partial<ImportPlan> },
) {
  const lab = await line.lab();
  const dataset = await loadData(line, { ...mapping, imageFit: model.preprocessing?.imageFit }, model.imageSize);
  // Without a folder standard output is the table alone.
  if (line.flags.out !== undefined) printTrainingData(model, dataset, line.output);
  return lab.run(
    'predict',
    { modelId: model.id, source: { kind: 'split', datasetId: dataset.id, split } },
    { listener: { progress: line.output.progress } },
  );
}

/** @throws LabError `config-invalid` for the test split, too: it is locked */
function readSplit(text: string, name: string): OpenSplit {
  if (text !== 'test') return splitFlag.read(text, name);
  throw new LabError({
    code: 'config-invalid',
    message: 'The test split is locked: every look at it is counted in a run record.',
    hint: 'Predict --split validation. "lab test" opens the test split of a run and counts the look.',
  });
}

/** @throws LabError `config-invalid` for flags of labelled images beside images alone */
function refuseBesideImages({ flags: given }: PredictLine): void {
  if (given.images === undefined) return;
  const unused = (['split', 'mapping'] as const).find((flag) => given[flag] !== undefined);
  if (unused === undefined) return;
  throw new LabError({
    code: 'config-invalid',
    message: `--${unused} would have no effect beside --images.`,
    hint: 'Leave one of the two out.',
  });
}
