import { join } from 'node:path';
import { demoBaselineFile } from '../dataset/demo/demoBaselines';
import { type DatasetManifest, defaultDemoSettings } from '../dataset/stored/dataset';
import { shapesOfPlan } from '../model/architectures/layOutPlan';
import type { ModelSummary } from '../model/modelSummary';
import type { BaselineOrigin } from '../recipe/baselineOrigin';
import type { RunRecord } from '../recipe/runRecord';
import { defaultTraining } from '../training/trainSettings';
import type { CommandLine } from './commandLine';
import { isTrained } from './completeConfig';
import { inFile, type LabConfig, parseLabConfig, requireEverySplit } from './labConfig';
import { isDemo, loadData, loadDemoBaseline, loadModel, requireInputs } from './loadInputs';
import type { OpenLab } from './openLab';
import { parseImageFit } from './parseImageFit';
import { printRepairs } from './printStore';
import { readInput } from './readInput';
import { readMapping } from './readPlan';
import { refuseUnusedSettings } from './refuseUnusedSettings';
import { defaultImageSize, type runFlags } from './runFlags';
import { baselineFile, describeTraining, readTraining, type TrainingFiles } from './writeBaseline';

export type RunLine = CommandLine<typeof runFlags>;

/** What a run starts from. */
export interface RunInputs {
  dataset: DatasetManifest;
  model: ModelSummary;
  /** How the model was trained, for this run or an earlier one; null where the engine knows by itself where it came from. */
  origin: Extract<BaselineOrigin, { kind: 'trained' }> | null;
  /** How the model was trained for this run; null for one that was ready. */
  training: TrainingFiles | null;
}

/** An earlier run in a folder, whose unpruned model is to be used again. */
export interface EarlierRun {
  folder: string;
  record: RunRecord;
}

/**
 * The settings of `lab run`, with what its flags say, checked as far as can be without the engine.
 * @throws LabError `config-invalid`
 */
export async function readRunConfig({ word: file, flags }: RunLine): Promise<LabConfig> {
  const given = parseLabConfig(await readInput(file), file);
  refuseUnusedSettings(given, flags);
  const plan = await readMapping({ flags });
  const imageSize = flags.image ?? given.data.imageSize;
  const imageFit = parseImageFit(flags) ?? given.data.imageFit;
  const config: LabConfig = {
    ...given,
    data: {
      ...given.data,
      ...plan,
      ...(plan.split && { split: requireEverySplit(plan.split, flags.mapping ?? '') }),
      ...(imageSize !== undefined && { imageSize }),
      ...(imageFit && { imageFit }),
    },
  };
  if (config.model === 'demo-baseline') demoBaselineFile(demoBias(config));
  checkPlan(flags.data, config, file);
  await requireInputs(flags.data, modelFile(config));
  return config;
}

/** Loads or trains the model of a run and makes its dataset. A model that an earlier run has trained is not trained again. */
export async function prepareRun(line: RunLine, config: LabConfig, earlier?: EarlierRun): Promise<RunInputs> {
  const lab = await line.lab();
  await printRepairs(lab, line.output);
  const ready = (earlier && (await trainedBefore(lab, earlier))) ?? (await readyModel(lab, config));
  const imageFit = config.data.imageFit ?? ready?.model.preprocessing?.imageFit;
  const imageSize = ready?.model.imageSize ?? config.data.imageSize ?? defaultImageSize;
  const dataset = await loadData(line, { ...config.data, imageFit }, imageSize);
  return { dataset, ...(ready ?? (await trainFromScratch(line, config, dataset))) };
}

/** A model that exists already; null when the settings ask for one to be trained. */
async function readyModel(lab: OpenLab, config: LabConfig): Promise<Omit<RunInputs, 'dataset'> | null> {
  const { model } = config;
  if (isTrained(model)) return null;
  if (model === 'demo-baseline') {
    const bias = demoBias(config);
    return { model: await loadDemoBaseline(lab, bias), origin: null, training: null };
  }
  return { model: await loadModel(lab, model.file, { answers: model.assume }), origin: null, training: null };
}

/** The model that was trained for an earlier run; null when that run's model was ready. */
async function trainedBefore(lab: OpenLab, { folder, record }: EarlierRun): Promise<Omit<RunInputs, 'dataset'> | null> {
  const { baselineOrigin: origin } = record;
  if (origin?.kind !== 'trained') return null;
  const model = await loadModel(lab, join(folder, baselineFile), { knownAs: record.model.id });
  return { model, origin, training: await readTraining(folder) };
}

async function trainFromScratch(
  line: RunLine,
  { model }: LabConfig,
  dataset: DatasetManifest,
): Promise<Omit<RunInputs, 'dataset'>> {
  if (!isTrained(model)) throw new TypeError('This model exists already.');
  const { channels, method, seed } = model;
  const { imageSize, classNames } = dataset;
  const use = { imageSize, channels, classCount: classNames.length, seed };
  const settings = { ...defaultTraining, ...model.training };
  const architecture =
    'widthMultiplier' in model
      ? { name: model.architecture, widthMultiplier: model.widthMultiplier, head: model.head, ...use }
      : { plan: model.architecture.plan, ...use };
  const name = `${'widthMultiplier' in model ? model.architecture : 'own network'}, trained on ${dataset.name}`;
  const lab = await line.lab();
  const training = await lab.run(
    'trainModel',
    { datasetId: dataset.id, name, architecture, ...(method && { method }), settings, seed },
    {
      listener: {
        progress: line.output.progress,
        partial: (epoch) => line.output.event({ kind: 'epoch', ...epoch }),
      },
    },
  );
  const { model: trained, keptEpoch } = training;
  const origin = { kind: 'trained', architecture, ...(method && { method }), settings, seed, keptEpoch } as const;
  return { model: trained, origin, training: describeTraining(training, origin) };
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
function checkPlan(path: string | undefined, { data, model }: LabConfig, file: string): void {
  if (!isTrained(model) || 'widthMultiplier' in model) return;
  const { plan } = model.architecture;
  const imageSize = isDemo(path) ? { ...defaultDemoSettings, ...data.demo }.imageSize : data.imageSize;
  inFile(file, () => shapesOfPlan(plan, { imageSize: imageSize ?? defaultImageSize }));
}
