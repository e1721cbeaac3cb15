import { strFromU8 } from 'fflate';
import { modelUnreadable } from './modelUnreadable';
import type { NamedBytes } from './packModelFiles';

/** A layers model's description and the files that came with it. */
export interface FoundModel {
  /** Path of the description. */
  path: string;
  json: Record<string, unknown>;
  files: NamedBytes[];
}

const howToExport =
  'Give a zip that the lab exported, or model.json together with its weight files, as tfjs `model.save` or `tensorflowjs_converter --output_format tfjs_layers_model` write them.';

/** Finds the one model description among files. @throws LabError `model-unreadable` */
export function findModelJson(files: NamedBytes[]): FoundModel {
  const candidates = files.filter(({ path }) => path.endsWith('.json') && baseName(path) !== 'lab.json');
  const named = candidates.filter(({ path }) => baseName(path) === 'model.json');
  const parsed = (named.length > 0 ? named : candidates).map((file) => ({ path: file.path, json: parseObject(file) }));
  const models = parsed.filter(({ json }) => 'modelTopology' in json || 'format' in json);
  const [model, another] = models;
  if (another) {
    throw modelUnreadable(another.path, `${models.length} models were given at once`, 'Load one model at a time.');
  }
  if (!model) {
    const names = files.map(({ path }) => path).join(', ') || 'nothing';
    throw modelUnreadable(parsed[0]?.path ?? 'model.json', `no model description was found in: ${names}`, howToExport);
  }
  refuseGraphModel(model);
  if (!isObject(model.json.modelTopology)) {
    throw modelUnreadable(model.path, 'it holds no modelTopology', howToExport);
  }
  return { ...model, files };
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The description of a network has some megabytes at most; one that is larger is made to cost memory. */
export const mostJsonBytes = 16 * 2 ** 20;

/** A JSON file's content. @throws LabError `model-unreadable`, also beyond `mostBytes` */
export function parseObject({ path, bytes }: NamedBytes, mostBytes = mostJsonBytes): Record<string, unknown> {
  if (bytes.length > mostBytes) {
    const what = `its description has ${bytes.length} bytes, and at most ${mostBytes} are read`;
    throw modelUnreadable(path, what, howToExport);
  }
  let value: unknown;
  try {
    value = JSON.parse(strFromU8(bytes));
  } catch (cause) {
    throw modelUnreadable(path, 'it is not valid JSON', 'The file may be cut off. Export or download it again.', cause);
  }
  if (isObject(value)) return value;
  throw modelUnreadable(path, 'it holds no JSON object', howToExport);
}

function refuseGraphModel({ path, json }: { path: string; json: Record<string, unknown> }): void {
  const { format, modelTopology } = json;
  if (format !== 'graph-model' && !(isObject(modelTopology) && 'node' in modelTopology)) return;
  throw modelUnreadable(
    path,
    'it is a graph model, whose layers are frozen: it can be neither pruned nor trained',
    'Export the original Keras model as a layers model: `tensorflowjs_converter --output_format tfjs_layers_model`.',
  );
}
