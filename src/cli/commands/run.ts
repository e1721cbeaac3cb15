import { defaultDemoSettings } from '../../dataset/dataset';
import { demoBaselineFile } from '../../dataset/demo/demoBaselines';
import { LabError, toErrorData } from '../../foundation/labError';
import { shapesOfPlan } from '../../model/architectures/layOutPlan';
import type { ModelSummary } from '../../model/modelSummary';
import type { RunConfig } from '../../recipe/runConfig';
import type { RunRecord } from '../../recipe/runRecord';
import { countWanted } from '../../recipe/selectChannels';
import { defaultTraining } from '../../training/trainSettings';
import { type Command, type CommandLine, exitCodes, requireWord } from '../commandLine';
import type { HeadlessLab } from '../headlessLab';
import { imageSizeLimits, inFile, type LabConfig, parseLabConfig } from '../labConfig';
import { isDemo, loadData, loadDemoBaseline, loadModel, requireInputs } from '../loadInputs';
import { imageFitFlags, parseImageFit } from '../parseImageFit';
import { parseWholeNumber } from '../parseWholeNumber';
import { printGrowth } from '../printGrowth';
import { printRun } from '../printRun';
import { readInput } from '../readInput';
import { createRecordWriter, type RecordWriter } from '../recordWriter';
import { refuseUnusedSettings } from '../refuseUnusedSettings';
import { makeOutputFolder, writeOutput } from '../writeOutput';

/** Side of stored images when neither the settings, the flags nor a ready model say one. */
const defaultImageSize = 64;

/**
 * `lab run CONFIG.json --data DIR|demo --out DIR`: the whole recipe. The record is written after every round, so that a
 * cancelled run leaves its finished rounds in the folder.
 */
export const run: Command = {
  wordCount: 1,
  flags: ['backend', 'data', 'image', 'out', ...imageFitFlags],
  run: runFromFile,
};

async function runFromFile(line: CommandLine): Promise<number> {
  const file = requireWord(line, 0, 'The settings file');
  const out = requireOut(line);
  const config = parseLabConfig(await readInput(file), file);
  refuseUnusedSettings(config, line.flags);
  if (config.model === 'demo-baseline') demoBaselineFile(demoBias(config));
  const imageSize = requestedImageSize(line, config);
  const requestedFit = parseImageFit(line.flags) ?? config.data.imageFit;
  checkPlan(line, config, imageSize, file);
  await requireInputs(line.flags.data, modelFile(config));
  await makeOutputFolder(out);

  const lab = await line.lab();
  const ready = await readyModel(lab, config);
  const imageFit = requestedFit ?? ready?.preprocessing?.imageFit;
  const dataset = await loadData(line, { ...config.data, imageFit }, ready?.imageSize ?? imageSize);
  const model = ready ?? (await trainFromScratch(lab, line, config, dataset));

  await sayGrowth(line, lab, model, config.run);

  const writer = createRecordWriter(out);
  try {
    const record = await lab.run(
      'runRecipe',
      { datasetId: dataset.id, modelId: model.id, config: config.run },
      { listener: { progress: line.output.progress, partial: ({ record: soFar }) => writer.write(soFar) } },
    );
    writer.write(record);
    await writer.settled();
    await writeModels(lab, record, out);
    printRun(record, line.output);
    line.output.text(
      `\nWritten to ${out}: run.json, scores.csv and the model of each arm's chosen round, or of its last where none is chosen.`,
    );
    return exitCodes.ok;
  } catch (error) {
    await keepFinished(lab, writer, out).then(
      (kept) => kept && line.output.text(`\nWhat had finished is in ${out}.`),
      (problem: unknown) => problem !== error && line.output.error(toErrorData(problem, 'keeping what had finished')),
    );
    throw error;
  }
}

/** Plans as many channels as round 1 takes, whichever: how large the network gets depends on their number alone. */
async function sayGrowth(line: CommandLine, lab: HeadlessLab, model: ModelSummary, { layer, pruning }: RunConfig) {
  const name = layer ?? model.defaultLayer;
  const channels = model.layers.find((candidate) => candidate.name === name)?.outputShape.at(-1) ?? 0;
  const count = countWanted({ ...pruning, channels, originalChannels: channels });
  if (name === null || count >= channels || pruning.mode !== 'tail') return;
  const targets = { [name]: Array.from({ length: count }, (_, channel) => channel) };
  const plan = await lab.run('planPruning', { modelId: model.id, targets, mode: pruning.mode });
  await printGrowth(lab, { model, targets, plan }, line.output);
}

/** Writes what a run that ended early had finished. False when that is nothing. */
async function keepFinished(lab: HeadlessLab, writer: RecordWriter, out: string): Promise<boolean> {
  await writer.settled();
  const record = writer.last();
  if (record) await writeModels(lab, record, out);
  return record !== null;
}

function requireOut(line: CommandLine): string {
  if (line.flags.out !== undefined) return line.flags.out;
  throw new LabError({
    code: 'config-invalid',
    message: '--out is missing.',
    hint: 'Name the folder for the results, for example --out out/demo.',
  });
}

/** Side of stored images, when no ready model says it. */
function requestedImageSize({ flags }: CommandLine, { data }: LabConfig): number {
  if (flags.image !== undefined) return parseWholeNumber('image', flags.image, imageSizeLimits);
  return data.imageSize ?? defaultImageSize;
}

/** The file of the settings' model; undefined when it is the demo's or is to be trained. */
function modelFile({ model }: LabConfig): string | undefined {
  return typeof model === 'object' && 'file' in model ? model.file : undefined;
}

/** The position of the demo's dial, which also says the baseline. */
function demoBias({ data }: LabConfig): number {
  return data.demo?.bias ?? defaultDemoSettings.bias;
}

/** Refuses a plan that does not fit its images before any of them is read. */
function checkPlan({ flags }: CommandLine, { data, model }: LabConfig, requested: number, file: string): void {
  if (typeof model === 'string' || 'file' in model || 'widthMultiplier' in model) return;
  const { plan } = model.architecture;
  const imageSize = isDemo(flags.data) ? { ...defaultDemoSettings, ...data.demo }.imageSize : requested;
  inFile(file, () => shapesOfPlan(plan, { imageSize }));
}

/** A model that exists already; null when the settings ask for one to be trained. */
async function readyModel(lab: HeadlessLab, config: LabConfig): Promise<ModelSummary | null> {
  const { model } = config;
  if (model === 'demo-baseline') return loadDemoBaseline(lab, demoBias(config));
  return 'file' in model ? loadModel(lab, model.file, { answers: model.assume }) : null;
}

async function trainFromScratch(
  lab: HeadlessLab,
  line: CommandLine,
  { model }: LabConfig,
  dataset: Awaited<ReturnType<typeof loadData>>,
): Promise<ModelSummary> {
  if (model === 'demo-baseline' || 'file' in model) throw new TypeError('This model exists already.');
  const { channels, seed, training } = model;
  const { imageSize, classNames } = dataset;
  const use = { imageSize, channels, classCount: classNames.length, seed };
  const trained = await lab.run(
    'trainModel',
    {
      datasetId: dataset.id,
      name: `${'widthMultiplier' in model ? model.architecture : 'own network'}, trained on ${dataset.name}`,
      architecture:
        'widthMultiplier' in model
          ? { name: model.architecture, widthMultiplier: model.widthMultiplier, head: model.head, ...use }
          : { plan: model.architecture.plan, ...use },
      settings: { ...defaultTraining, ...training },
      seed,
    },
    {
      listener: {
        progress: line.output.progress,
        partial: (epoch) => line.output.event({ kind: 'epoch', ...epoch }),
      },
    },
  );
  return trained.model;
}

/** The model of every arm's chosen round, or of its last when none was chosen. A cancel does not lose it. */
async function writeModels(lab: HeadlessLab, record: RunRecord, out: string): Promise<void> {
  for (const { arm, rounds, chosenRound } of record.arms) {
    const round = rounds[(chosenRound || rounds.length) - 1];
    if (!round) continue;
    const { bytes } = await lab.run(
      'exportModel',
      { modelId: round.modelId, runId: record.id, format: 'tfjs' },
      { despiteCancel: true },
    );
    await writeOutput(out, `${arm}-round-${round.round}.zip`, new Uint8Array(bytes));
  }
}
