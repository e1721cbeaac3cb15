import type { Asker } from '../../foundation/openQuestion';
import { modelUnreadable } from '../files/modelUnreadable';
import { type KerasLayer, spareWeights, weightNames, weightShapeFits } from './kerasLayers';
import type { Hdf5Group } from './readHdf5';

/** Where the weights of a layer lie in the file. */
export interface StoredLayer {
  layer: KerasLayer;
  /** Name of the group. */
  key: string;
  group: Hdf5Group | undefined;
}

/** One way to say which group belongs to which layer. */
interface Reading {
  /** The answer that stands for it where two fit. */
  value: string;
  label: string;
  stored: StoredLayer[];
}

/**
 * Finds the group of each layer of a network. Keras 3 names groups by the layers' kind and number, in the order of the
 * layers (`conv2d`, `conv2d_1`), whatever the layers' own names are; some versions write those on the groups; other writers
 * name the groups after the layers. The reading is taken that explains every group there is, and whose weights have the
 * number and the shapes that the layers need. Where two do and they differ, the user is asked.
 *
 * @throws LabError `model-unreadable` when none does, saying what is missing
 */
export function matchGroups(
  path: string,
  layers: KerasLayer[],
  folder: Hdf5Group | undefined,
  asker: Asker,
): StoredLayer[] {
  const readings = [byKind, byKindTwice, byName, byAttribute].map((read) => read(layers, folder));
  const problems = readings.map(({ stored }) => problemOf(stored, folder));
  const fitting = readings.filter((_, index) => problems[index] === null);
  const [first, ...others] = fitting.filter(
    (reading, index) => !fitting.slice(0, index).some((one) => areSame(one, reading)),
  );
  if (!first) {
    throw modelUnreadable(
      path,
      problems[0] ?? 'its weights cannot be told apart',
      'Save it again from Keras 3: model.save("model.keras").',
    );
  }
  if (others.length === 0) return first.stored;
  const answer = asker.ask({
    key: 'weights-by',
    question:
      'The layers are named in another order than they stand. What do the names in the file of weights stand for?',
    choices: [first, ...others].map(({ value, label }) => ({ value, label })),
  });
  return fitting.find(({ value }) => value === answer)!.stored;
}

const find = (folder: Hdf5Group | undefined, layer: KerasLayer, key: string): StoredLayer => ({
  layer,
  key,
  group: folder?.groups.get(key),
});

function byKind(layers: KerasLayer[], folder: Hdf5Group | undefined): Reading {
  return { value: 'kind', label: 'The kind of layer and its number', stored: countKinds(layers, folder, () => 1) };
}

/** tf.keras 2.12 to 2.15 go through a list in which layers with weights stand twice, and store them once. */
function byKindTwice(layers: KerasLayer[], folder: Hdf5Group | undefined): Reading {
  const step = (layer: KerasLayer) => (hasWeights(layer) ? 2 : 1);
  return {
    value: 'kind-twice',
    label: 'The kind of layer and its number, as tf.keras counts',
    stored: countKinds(layers, folder, step),
  };
}

function countKinds(
  layers: KerasLayer[],
  folder: Hdf5Group | undefined,
  step: (layer: KerasLayer) => number,
): StoredLayer[] {
  const counts = new Map<string, number>();
  return layers.map((layer) => {
    const kind = snakeCase(layer.kind);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + step(layer));
    return find(folder, layer, count === 0 ? kind : `${kind}_${count}`);
  });
}

function byName(layers: KerasLayer[], folder: Hdf5Group | undefined): Reading {
  return {
    value: 'name',
    label: "The layers' own names",
    stored: layers.map((layer) => find(folder, layer, layer.name)),
  };
}

function byAttribute(layers: KerasLayer[], folder: Hdf5Group | undefined): Reading {
  const keys = new Map([...(folder?.groups ?? [])].map(([key, group]) => [nameOn(group), key]));
  const stored = layers.map((layer) => find(folder, layer, keys.get(layer.name) ?? layer.name));
  return { value: 'attribute', label: 'Nothing: the names are written on them', stored };
}

/** The layer's name as some versions write it on a group or on its `vars`. */
function nameOn(group: Hdf5Group): string | undefined {
  const name = group.attributes.name ?? group.groups.get('vars')?.attributes.name;
  return typeof name === 'string' ? name : undefined;
}

/** Why a reading does not fit the file; null when it does. */
function problemOf(stored: StoredLayer[], folder: Hdf5Group | undefined): string | null {
  for (const { layer, key, group } of stored) {
    const written = group && nameOn(group);
    if (written !== undefined && written !== layer.name)
      return `layers/${key} belongs to "${written}", not to "${layer.name}"`;
    const missing = missingWeight(layer, key, group);
    if (missing) return missing;
  }
  const known = new Set(stored.map(({ key }) => key));
  const unknown = [...(folder?.groups.keys() ?? [])].find((key) => !known.has(key));
  return unknown === undefined ? null : `its weights in layers/${unknown} belong to no layer`;
}

function missingWeight(layer: KerasLayer, key: string, group: Hdf5Group | undefined): string | null {
  if (layer.inner.length > 0) {
    return group || !layer.inner.some(hasWeights)
      ? null
      : `the weights of the network "${layer.name}" are missing (layers/${key})`;
  }
  const names = weightNames(layer) ?? [];
  const arrays = group?.groups.get('vars')?.arrays;
  if (names.length > 0 && arrays && arrays.size > names.length + spareWeights(layer)) {
    return `the layer "${layer.name}" (${layer.kind}) has ${arrays.size} weights in layers/${key}/vars, where it needs ${names.length}`;
  }
  for (const [index, name] of names.entries()) {
    const array = arrays?.get(String(index));
    if (!array) return `the weight "${name}" of the layer "${layer.name}" is missing (layers/${key}/vars/${index})`;
    if (!weightShapeFits(layer, name, array.shape)) {
      return `the weight "${name}" of the layer "${layer.name}" cannot be [${array.shape.join(', ')}] (layers/${key}/vars/${index})`;
    }
  }
  return null;
}

function hasWeights(layer: KerasLayer): boolean {
  return (weightNames(layer)?.length ?? 0) > 0 || layer.inner.some(hasWeights);
}

/** True when both take the weights of every layer from the same group. */
function areSame(a: Reading, b: Reading): boolean {
  return a.stored.every(({ layer, key }, index) => key === b.stored[index]!.key || !hasWeights(layer));
}

/** As Keras 3 makes names of kinds: `BatchNormalization` to `batch_normalization`, `Conv2D` to `conv2d`. */
function snakeCase(kind: string): string {
  return kind
    .replaceAll(/\W+/g, '')
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
