import { parseObject } from '../files/findModelJson';
import type { ImportLine } from '../files/importReport';
import { modelUnreadable } from '../files/modelUnreadable';
import type { NamedBytes } from '../files/packModelFiles';
import { readWrittenBy } from '../layerSettings/writtenBy';
import { type KerasLayer, kerasLayers, spareWeights, takeNumbers, weightNames } from './kerasLayers';
import type { KerasModel } from './kerasModel';
import type { NumberArray } from './numberArray';
import { type Hdf5Group, readHdf5 } from './readHdf5';

const howToSave = 'Save the whole network from Keras: model.save("model.h5") or model.save("model.keras").';

/** Reads what `model.save("….h5")` of Keras 1, 2 and 3 writes. @throws LabError `model-unreadable` */
export async function readKerasH5({ path, bytes }: NamedBytes): Promise<KerasModel> {
  const root = await readHdf5(path, bytes);
  const text = root.attributes.model_config;
  if (typeof text !== 'string') {
    throw modelUnreadable(path, 'it holds weights but no network (no model_config)', howToSave);
  }
  const topology = parseObject({ path: `${path} (model_config)`, bytes: new TextEncoder().encode(text) });
  const layers = kerasLayers(path, topology);
  const stored = root.groups.get('model_weights');
  if (!stored) throw modelUnreadable(path, 'the group model_weights is missing', howToSave);
  const weights: Record<string, NumberArray> = {};
  const lines: ImportLine[] = [];
  for (const layer of layers) {
    const found = namedArrays(stored.groups.get(layer.name));
    for (const leaf of leavesOf(layer)) takeWeights(path, leaf, layer, found, weights, lines);
  }
  const version = root.attributes.keras_version;
  return {
    topology,
    writtenBy: readWrittenBy(version),
    weights,
    format: 'Keras HDF5 (.h5)',
    found: `A network of ${layers.length} layers${typeof version === 'string' ? `, saved by Keras ${version}` : ''}.`,
    lines,
  };
}

function leavesOf(layer: KerasLayer): KerasLayer[] {
  return layer.inner.length === 0 ? [layer] : layer.inner.flatMap(leavesOf);
}

/** The arrays of a layer's group in the order of its `weight_names`, without `:0`. */
function namedArrays(group: Hdf5Group | undefined): [string, NumberArray][] {
  const names = [group?.attributes.weight_names ?? []].flat();
  return names.flatMap((name): [string, NumberArray][] => {
    const parts = name.split('/');
    const folder = parts.slice(0, -1).reduce<Hdf5Group | undefined>((inner, part) => inner?.groups.get(part), group);
    const array = folder?.arrays.get(parts.at(-1)!);
    return array ? [[name.replace(/:0$/, ''), array]] : [];
  });
}

function takeWeights(
  path: string,
  leaf: KerasLayer,
  top: KerasLayer,
  found: [string, NumberArray][],
  weights: Record<string, NumberArray>,
  lines: ImportLine[],
): void {
  const names = weightNames(leaf);
  // A network inside lists its weights in an order of its own: there they are found by name.
  const own = leaf === top ? found : ownArrays(leaf, found);
  if (!names) {
    if (own.length === 0) return;
    throw modelUnreadable(
      path,
      `the layer "${leaf.name}" (${leaf.kind}) has weights that the lab cannot place`,
      'Export the network without it.',
    );
  }
  if (own.length < names.length || own.length > names.length + spareWeights(leaf)) {
    throw modelUnreadable(
      path,
      `the layer "${leaf.name}" (${leaf.kind}) has ${own.length} weights in the file, where it needs ${names.length} (${names.join(', ')})`,
      howToSave,
    );
  }
  const named = names.map((name) => own.find(([key]) => sameWeight(key, name)));
  const inOrder = named.every((found) => found !== undefined) ? named : own;
  for (const [index, name] of names.entries()) {
    weights[`${leaf.place}/${name}`] = takeNumbers(path, leaf, name, inOrder[index]![1]);
  }
  const place = inOrder.map(([name]) => name).join(', ');
  lines.push({ layer: leaf.place, status: 'mapped', detail: `from ${place}` });
}

/** The arrays of a layer of a network inside: named by the layer, or by its place when several layers have its name. */
function ownArrays({ name, place }: KerasLayer, found: [string, NumberArray][]): [string, NumberArray][] {
  const named = found.filter(([key]) => key.split('/').at(-2) === name);
  const folders = new Set(named.map(([key]) => key.slice(0, key.lastIndexOf('/'))));
  if (folders.size < 2) return named;
  const [inside] = place.split('/').slice(-2);
  return named.filter(([key]) => key.split('/').at(-3) === inside);
}

/** Keras 3 calls a depthwise kernel `kernel`. */
function sameWeight(key: string, name: string): boolean {
  const last = key.split('/').at(-1);
  return last === name || (name === 'depthwise_kernel' && last === 'kernel');
}
