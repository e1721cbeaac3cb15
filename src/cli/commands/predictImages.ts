import type { MadePredictions } from '../../engine/protocol/jobMap';
import type { DatasetId, ModelId } from '../../foundation/ids';
import { describeFit } from '../../foundation/imageFit';
import { LabError } from '../../foundation/labError';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { dataFlags } from '../dataFlags';
import { choiceFlag, textFlag } from '../flag';
import { loadData, loadModel, requireInputs } from '../loadInputs';
import { modelOptionFlags, parseModelOptions } from '../modelOptions';
import { findNamedRun, type NamedRun } from '../namedRun';
import { openRunModel, type RunModel, runModelFlags } from '../openRunModel';
import { printTrainingData } from '../printTrainingData';
import { readMapping } from '../readPlan';
import { makeOutputFolder, writeOutput } from '../writeOutput';

const fileName = 'predictions.csv';

const openSplits = ['train', 'validation'] as const;
type OpenSplit = (typeof openSplits)[number];
const splitFlag = choiceFlag(openSplits, 'the images of a labelled set that are predicted (default validation)');

const flags = {
  data: {
    ...dataFlags.data,
    help: 'folder or zip of images with their tables, or the generated demo; of a run’s folder, what the run was made on',
  },
  mapping: dataFlags.mapping,
  images: textFlag('DIR', 'images without labels, in place of --data'),
  group: textFlag('NAME', 'the group that all of --images are of, for a model that needs to know it'),
  split: { ...splitFlag, read: readSplit },
  ...runModelFlags,
  out: textFlag('DIR', 'folder for the table; standard output when left out'),
  ...modelOptionFlags,
};

/**
 * `lab model predict FILE|demo --data DIR|demo [--split train|validation]`, `--images DIR [--group NAME]`, or `lab model predict RUN`: predictions
 * as CSV, in a file with `--out DIR`, on standard output without.
 */
export const predictImages = declareCommand({
  summary: 'predictions as CSV, which "lab audit" reads',
  word: {
    name: 'FILE|DIR|demo|RUN',
    help: 'a model, the folder that "lab run" wrote, or the id of a run in the store',
  },
  flags,
  usesEngine: true,
  run: predict,
});

type PredictLine = CommandLine<typeof flags>;

async function predict(line: PredictLine): Promise<number> {
  const run = await findNamedRun(line.word);
  return run ? predictOfRun(line, run) : predictOfModel(line);
}

async function predictOfModel(line: PredictLine): Promise<number> {
  const path = line.word;
  const { data, images, group, out, split = 'validation' } = line.flags;
  refuseGiven(line, ['arm', 'round'], `${path} is no run`);
  if ((data === undefined) === (images === undefined)) {
    throw new LabError({
      code: 'config-invalid',
      message: 'What to predict is not clear.',
      hint: 'Give --data DIR|demo for the images of a labelled set, or --images DIR for images alone.',
    });
  }
  if (images !== undefined) refuseGiven(line, ['split', 'mapping'], 'images alone have neither labels nor splits');
  else refuseGiven(line, ['group'], 'a labelled set says which group each image is of');
  const options = parseModelOptions(line.flags);
  const mapping = images === undefined ? await readMapping(line) : {};
  await requireInputs(path, data, images);
  if (out !== undefined) await makeOutputFolder(out);
  const lab = await line.lab();
  const model = await loadModel(lab, path, options);
  if (images === undefined) {
    const dataset = await loadData(
      besideTable(line),
      { ...mapping, imageFit: model.preprocessing?.imageFit },
      model.imageSize,
    );
    printTrainingData(model, dataset, besideTable(line).output);
    await predictSplit(line, { modelId: model.id, datasetId: dataset.id, split });
    return exitCodes.ok;
  }
  const made = await lab.run(
    'predict',
    { modelId: model.id, source: { kind: 'files', files: [], group } },
    { paths: [images], listener: { progress: line.output.progress } },
  );
  await writePredictions(line, made, { imageSize: model.imageSize });
  return exitCodes.ok;
}

async function predictOfRun(line: PredictLine, run: NamedRun): Promise<number> {
  const { data, out, split = 'validation' } = line.flags;
  const unused = [
    'images',
    'group',
    'mapping',
    ...(Object.keys(modelOptionFlags) as (keyof typeof modelOptionFlags)[]),
  ] as const;
  refuseGiven(line, unused, 'the run says how its model is used, and on what');
  await requireInputs(data);
  if (out !== undefined) await makeOutputFolder(out);
  const { arm, round, ...ids } = await openRunModel(besideTable(line), run);
  await predictSplit(line, { ...ids, split }, { arm, round });
  return exitCodes.ok;
}

async function predictSplit(
  line: PredictLine,
  { modelId, datasetId, split }: { modelId: ModelId; datasetId: DatasetId; split: OpenSplit },
  ofRun?: Partial<RunModel>,
): Promise<void> {
  const lab = await line.lab();
  const params = { modelId, source: { kind: 'split', datasetId, split } } as const;
  const made = await lab.run('predict', params, { listener: { progress: line.output.progress } });
  await writePredictions(line, made, { ofRun });
}

async function writePredictions(
  { flags: { out }, output }: PredictLine,
  { bytes, imageCount, accuracy, imageFit, unreadable }: MadePredictions,
  { imageSize, ofRun }: { imageSize?: number; ofRun?: Partial<RunModel> },
): Promise<void> {
  const csv = new TextDecoder().decode(bytes);
  if (out !== undefined) await writeOutput(out, fileName, csv);
  output.event({
    kind: 'predictions',
    ...ofRun,
    imageCount,
    accuracy,
    imageFit,
    unreadable,
    ...(out === undefined && { csv }),
  });
  if (out === undefined) {
    output.content(csv);
    return;
  }
  const right = accuracy === null ? '' : `, ${(accuracy * 100).toFixed(1)} % right`;
  const square = imageFit ? `, ${describeFit(imageFit)} to ${imageSize} × ${imageSize}` : '';
  output.text(`${imageCount} images${square}${right}. Written: ${out}/${fileName}`);
  for (const { name, reason } of unreadable) output.line(`Left out: ${name}: ${reason}`);
}

/** Without a folder standard output is the table alone: what else there is to say is left out. */
function besideTable(line: PredictLine): PredictLine {
  return line.flags.out === undefined
    ? { ...line, output: { ...line.output, text: () => undefined, line: () => undefined } }
    : line;
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

/** @throws LabError `config-invalid` for the first of these flags that was given */
function refuseGiven({ flags: given }: PredictLine, names: readonly (keyof typeof flags)[], reason: string): void {
  const unused = names.find((flag) => given[flag] !== undefined);
  if (unused === undefined) return;
  throw new LabError({
    code: 'config-invalid',
    message: `--${unused} would have no effect here: ${reason}.`,
    hint: `Leave --${unused} out.`,
  });
}
