import { dirname, join } from 'node:path';
import { type DatasetManifest, defaultDemoSettings } from '../dataset/dataset';
import { defaultSplitSettings, type ImportMapping } from '../dataset/importMapping';
import type { LoadOptions } from '../engine/protocol/jobMap';
import { LabError } from '../foundation/labError';
import type { ModelSummary } from '../model/labModel';
import type { CommandLine } from './commandLine';
import type { HeadlessLab } from './headlessLab';
import type { DataConfig } from './labConfig';
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

/** The demo's trained baseline, or a model from a file or folder: of a model.json the weights beside it are read too. */
export async function loadModel(
  lab: HeadlessLab,
  path: string = demo,
  options: LoadOptions = {},
): Promise<ModelSummary> {
  if (isDemo(path)) return lab.run('loadModel', { source: { kind: 'demo-baseline' }, options });
  const paths = [path, ...(await weightsBeside(path))];
  return lab.run('loadModel', { source: { kind: 'files', files: [] }, options }, { paths });
}

async function weightsBeside(path: string): Promise<string[]> {
  if (!/\.json$/i.test(path)) return [];
  const folder = dirname(path);
  return (await listInput(folder)).filter((name) => /\.bin$/i.test(name)).map((name) => join(folder, name));
}

/**
 * The generated demo, or a folder or zip, mapped as the settings say or as its tables suggest. Says what was left out.
 *
 * @throws LabError `config-invalid` when the tables do not suggest a whole mapping and none is given
 */
export async function loadData(line: CommandLine, config: DataConfig, imageSize: number): Promise<DatasetManifest> {
  const dataset = await makeDataset(line, config, imageSize);
  printFindings(dataset, line.output);
  return dataset;
}

async function makeDataset(line: CommandLine, config: DataConfig, imageSize: number): Promise<DatasetManifest> {
  const lab = await line.lab();
  const path = line.flags.data ?? demo;
  const listener = { progress: line.output.progress };
  if (isDemo(path)) {
    return lab.run('generateDemo', { settings: { ...defaultDemoSettings, ...config.demo } }, { listener });
  }
  const mapping = config.mapping ?? (await suggestedMapping(lab, path));
  return lab.run(
    'importFiles',
    { name: path, files: [], mapping, imageSize, split: { ...defaultSplitSettings, ...config.split } },
    { paths: [path], listener },
  );
}

async function suggestedMapping(lab: HeadlessLab, path: string): Promise<ImportMapping> {
  const { suggestion } = await lab.run('inspectFiles', { files: [] }, { paths: [path] });
  const isWhole =
    suggestion &&
    suggestion.imageColumn !== '' &&
    suggestion.labelColumn !== '' &&
    suggestion.group0Values.length > 0 &&
    suggestion.group1Values.length > 0;
  if (isWhole) return suggestion;
  throw new LabError({
    code: 'config-invalid',
    message: `The tables in ${path} do not say clearly which columns are image, label and group.`,
    hint: `Put "data": {"mapping": …} into the settings file. "npm run lab -- data inspect ${path}" prints the columns.`,
  });
}
