import type { Asker } from '../../foundation/openQuestion';
import { parseObject } from '../files/findModelJson';
import type { ImportLine } from '../files/importReport';
import { modelUnreadable } from '../files/modelUnreadable';
import { openZip } from '../files/openZip';
import type { NamedBytes } from '../files/packModelFiles';
import { readWrittenBy } from '../layerSettings/writtenBy';
import { type KerasLayer, kerasLayers, takeNumbers, weightNames } from './kerasLayers';
import type { KerasModel } from './kerasModel';
import { matchGroups } from './matchGroups';
import type { NumberArray } from './numberArray';
import { type Hdf5Group, readHdf5 } from './readHdf5';

const howToSave = 'Save it again from Keras 3: model.save("model.keras").';

/** Reads what `model.save("….keras")` of Keras 3 writes. @throws LabError `model-unreadable` */
export async function readKerasArchive(file: NamedBytes, asker: Asker): Promise<KerasModel> {
  const entries = await openZip(file);
  const entry = (name: string): NamedBytes => {
    const found = entries.find(({ path }) => path === name);
    if (found) return { path: `${file.path}/${name}`, bytes: found.bytes };
    throw modelUnreadable(file.path, `there is no ${name} in it`, howToSave);
  };
  const topology = parseObject(entry('config.json'));
  const layers = kerasLayers(file.path, topology);
  // tf.keras 2.12 and later write archives of this kind too.
  const { keras_version: version } = entries.some(({ path }) => path === 'metadata.json')
    ? parseObject(entry('metadata.json'))
    : {};
  const stored = entry('model.weights.h5');
  const root = await readHdf5(stored.path, stored.bytes);
  const weights: Record<string, NumberArray> = {};
  const lines: ImportLine[] = [];
  takeLayers(file.path, layers, root, asker, weights, lines);
  return {
    topology,
    writtenBy: readWrittenBy(version),
    weights,
    format: 'Keras 3 archive (.keras)',
    found: `A network of ${layers.length} layers.`,
    lines,
  };
}

/** Places the weights of a network's layers, and of those of the networks inside. */
function takeLayers(
  path: string,
  layers: KerasLayer[],
  stored: Hdf5Group,
  asker: Asker,
  weights: Record<string, NumberArray>,
  lines: ImportLine[],
): void {
  const folder = stored.groups.get('layers') ?? stored.groups.get('_layer_checkpoint_dependencies');
  for (const { layer, key, group } of matchGroups(path, layers, folder, asker)) {
    if (layer.inner.length === 0) takeWeights(path, layer, key, group, weights, lines);
    else if (group) takeLayers(path, layer.inner, group, asker, weights, lines);
  }
}

function takeWeights(
  path: string,
  layer: KerasLayer,
  key: string,
  group: Hdf5Group | undefined,
  weights: Record<string, NumberArray>,
  lines: ImportLine[],
): void {
  const names = weightNames(layer);
  const vars = group?.groups.get('vars')?.arrays ?? new Map<string, NumberArray>();
  // Dropout and random layers keep the state of their random numbers, which nothing here needs.
  if (vars.size === 0 || /Dropout|Random|Gaussian/.test(layer.kind)) return;
  if (!names || names.length === 0) {
    throw modelUnreadable(
      path,
      `the layer "${layer.name}" (${layer.kind}) has weights that the lab cannot place (${vars.size} in layers/${key}/vars)`,
      'Export the network without it.',
    );
  }
  for (const [index, name] of names.entries()) {
    weights[`${layer.place}/${name}`] = takeNumbers(path, layer, name, vars.get(String(index))!);
  }
  lines.push({ layer: layer.place, status: 'mapped', detail: `from layers/${key}/vars (${names.join(', ')})` });
}
