import { dirname, join } from 'node:path';
import type { ImportPlan } from '../dataset/mapping/parseMapping';
import { defaultSplitSettings } from '../dataset/split/splitSettings';
import { type DatasetManifest, defaultDemoSettings } from '../dataset/stored/dataset';
import type { LoadOptions } from '../engine/protocol/jobMap';
import { LabError } from '../foundation/labError';
import type { ModelSummary } from '../model/modelSummary';
import type { CommandLine } from './commandLine';
import type { dataFlags } from './dataFlags';
import type { DataConfig } from './labConfig';
import type { OpenLab } from './openLab';
import { printFindings } from './printFindings';
import { isFolder, listInput } from './readInput';

const demo = 'demo';

/** Whether a flag or word asks for the demo; so does leaving it out. */
export function isDemo(path: string | undefined): boolean {
  return path === undefined || path === demo;
}

/**
 * Checks that what is to be loaded is there, before a browser is opened for it.
 * @param paths `demo` and what is left out need no file
 * @throws LabError `config-invalid`
 */
export async function requireInputs(...paths: (string | undefined)[]): Promise<void> {
  for (const path of paths) if (path !== undefined && !isDemo(path)) await isFolder(path);
}

/**
 * The baseline that was trained on the demo at its usual bias, or a model from a file or folder: with what lies beside it of
 * weights, lab.json and names of classes.
 */
export async function loadModel(lab: OpenLab, path: string = demo, options: LoadOptions = {}): Promise<ModelSummary> {
  if (isDemo(path)) return loadDemoBaseline(lab, defaultDemoSettings.bias, options);
  const paths = await modelPaths(path);
  return lab.run('loadModel', { source: { kind: 'files', files: [] }, options }, { paths });
}

/** @throws LabError `config-invalid` when no network was trained on the demo at this bias */
export function loadDemoBaseline(lab: OpenLab, bias: number, options: LoadOptions = {}): Promise<ModelSummary> {
  return lab.run('loadModel', { source: { kind: 'demo-baseline', bias }, options });
}

/** A model's file or folder, with what lies beside it of weights, lab.json and names of classes. */
async function modelPaths(path: string): Promise<string[]> {
  return [path, ...(await filesBeside(path))];
}

/** What belongs to a model's file in its folder. */
async function filesBeside(path: string): Promise<string[]> {
  const belongs = /\.json$/i.test(path)
    ? /\.bin$|^(lab|metadata)\.json$|^labels\.txt$/i
    : /\.(h5|hdf5|keras|pth?|tar|safetensors)$/i.test(path)
      ? /^labels\.txt$/i
      : null;
  if (!belongs) return [];
  const folder = dirname(path);
  return (await listInput(folder)).filter((name) => belongs.test(name)).map((name) => join(folder, name));
}

/** The line of a command that runs a model over labelled images. */
export type DataLine = CommandLine<Pick<typeof dataFlags, 'data'>>;

/**
 * The generated demo, or a folder or zip, mapped as the settings say or as its tables suggest. Says what was left out.
 *
 * @throws LabError `config-invalid` when the tables do not suggest a whole mapping and none is given
 */
export async function loadData(line: DataLine, config: DataConfig, imageSize: number): Promise<DatasetManifest> {
  const dataset = await makeDataset(line, config, imageSize);
  printFindings(dataset, line.output);
  return dataset;
}

async function makeDataset(line: DataLine, config: DataConfig, imageSize: number): Promise<DatasetManifest> {
  const lab = await line.lab();
  const path = line.flags.data ?? demo;
  const listener = { progress: line.output.progress };
  if (isDemo(path)) {
    return lab.run('generateDemo', { settings: { ...defaultDemoSettings, ...config.demo } }, { listener });
  }
  const suggested = config.join && config.mapping ? null : await suggestPlan(lab, path);
  const plan = { join: suggested?.join, mapping: suggested?.mapping, ...config };
  const split = { ...defaultSplitSettings, ...config.split };
  const params = {
    name: path,
    files: [],
    join: plan.join!,
    mapping: plan.mapping!,
    imageSize,
    imageFit: config.imageFit,
    split,
  };
  return lab.run('importFiles', params, { paths: [path], listener }).catch((error: unknown) => {
    throw sayInMapping(error);
  });
}

/** What tables leave open is answered in the mapping: flags of `run` and `score` are about the model. */
function sayInMapping(error: unknown): unknown {
  if (!(error instanceof LabError) || !error.questions) return error;
  const usual = Object.fromEntries(error.questions.map(({ key, choices }) => [key, choices[0]!.value]));
  return new LabError({
    code: 'config-invalid',
    message: error.message,
    hint: `Say it in the settings, in "mapping" of "data". The usual answers are "answers": ${JSON.stringify(usual)}.`,
    details: error.details,
  });
}

/** Whether a suggestion names every column that is needed. */
export function isWhole({ join, mapping }: Pick<ImportPlan, 'join' | 'mapping'>): boolean {
  return [...join.imageColumns, ...mapping.label.columns, mapping.group.column].every((column) => column !== '');
}

/**
 * The join and the mapping that the tables of a folder or zip suggest.
 * @throws LabError `config-invalid` when they do not say it all, or only the user can say what a code means
 */
export async function suggestPlan(lab: OpenLab, path: string): Promise<ImportPlan> {
  const { suggestion, format } = await lab.run('inspectFiles', { files: [] }, { paths: [path] });
  if (suggestion && isWhole(suggestion) && !format?.confirm) return { ...suggestion, split: defaultSplitSettings };
  throw new LabError({
    code: 'config-invalid',
    message: format?.confirm
      ? `${format.name}: ${format.notes[0]}`
      : `The tables in ${path} do not say clearly which columns are image, label and group.`,
    hint: `Say it in a mapping: "npm run lab -- data inspect ${path} --json" prints one to start from ("suggestion"). Give it as --mapping FILE, or as "join" and "mapping" of "data" in a settings file.`,
  });
}
