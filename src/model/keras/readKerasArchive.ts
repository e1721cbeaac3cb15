import { parseObject } from '../files/findModelJson';
import type { ImportLine } from '../files/importReport';
import { modelUnreadable } from '../files/modelUnreadable';
import { openZip } from '../files/openZip';
import type { NamedBytes } from '../files/packModelFiles';
import { type KerasLayer, kerasLayers, weightNames } from './kerasLayers';
import type { KerasModel } from './kerasModel';
import type { NumberArray } from './numberArray';
import { type Hdf5Group, readHdf5 } from './readHdf5';

const howToSave = 'Save it again from Keras 3: model.save("model.keras").';

/** Reads what `model.save("….keras")` of Keras 3 writes. @throws LabError `model-unreadable` */
export async function readKerasArchive(file: NamedBytes): Promise<KerasModel> {
  const entries = await openZip(file);
  const entry = (name: string): NamedBytes => {
    const found = entries.find(({ path }) => path === name);
    if (found) return { path: `${file.path}/${name}`, bytes: found.bytes };
    throw modelUnreadable(file.path, `there is no ${name} in it`, howToSave);
  };
  const topology = parseObject(entry('config.json'));
  const layers = kerasLayers(file.path, topology);
  const stored = entry('model.weights.h5');
  const root = await readHdf5(stored.path, stored.bytes);
  const weights: Record<string, NumberArray> = {};
  const lines: ImportLine[] = [];
  takeLayers(file.path, layers, root, weights, lines);
  return {
    topology,
    weights,
    format: 'Keras 3 archive (.keras)',
    found: `A network of ${layers.length} layers.`,
    lines,
  };
}

/** Places the weights of a network's layers, which are stored by name or by kind and number. */
function takeLayers(
  path: string,
  layers: KerasLayer[],
  stored: Hdf5Group,
  weights: Record<string, NumberArray>,
  lines: ImportLine[],
): void {
  const folder = stored.groups.get('layers') ?? stored.groups.get('_layer_checkpoint_dependencies');
  const withWeights = layers.filter((layer) => weightNames(layer) !== null || layer.inner.length > 0);
  const areNamed = withWeights.every(({ name }) => folder?.groups.has(name));
  const counts = new Map<string, number>();
  for (const layer of layers) {
    const kind = snakeCase(layer.kind);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const key = areNamed ? layer.name : count === 0 ? kind : `${kind}_${count}`;
    const group = folder?.groups.get(key);
    if (layer.inner.length > 0) {
      if (group) takeLayers(path, layer.inner, group, weights, lines);
      continue;
    }
    takeWeights(path, layer, key, group, weights, lines);
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
  if (!names) {
    // Dropout and random layers keep the state of their random numbers, which nothing here needs.
    if (vars.size === 0 || /Dropout|Random|Gaussian/.test(layer.kind)) return;
    throw modelUnreadable(
      path,
      `the layer "${layer.name}" (${layer.kind}) has weights that the lab cannot place`,
      'Export the network without it.',
    );
  }
  for (const [index, name] of names.entries()) {
    const array = vars.get(String(index));
    if (!array) {
      throw modelUnreadable(
        path,
        `the weight "${name}" of the layer "${layer.name}" is missing (layers/${key}/vars/${index})`,
        howToSave,
      );
    }
    weights[`${layer.place}/${name}`] = array;
  }
  lines.push({ layer: layer.place, status: 'mapped', detail: `from layers/${key}/vars (${names.join(', ')})` });
}

/** As Keras 3 makes names of kinds: `BatchNormalization` to `batch_normalization`, `Conv2D` to `conv2d`. */
function snakeCase(kind: string): string {
  return kind
    .replaceAll(/\W+/g, '')
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
