import type { Tensor } from '@tensorflow/tfjs-core';
import { LayersModel, type layers } from '@tensorflow/tfjs-layers';
import { layerWeights } from '../network/layerWeights';
import { modelUnreadable } from './modelUnreadable';
import type { LayerPlace } from './unfoldNetworks';

/** A plain layer, and where it stands in the network that the files describe. */
export interface PlacedLayer {
  layer: layers.Layer;
  place: LayerPlace;
}

/** The plain layers of a network, those of networks inside in place of these. */
export function placedLayers(network: LayersModel, outside: LayerPlace = []): PlacedLayer[] {
  return network.layers.flatMap((layer) => {
    const place = [...outside, layer.name];
    return layer instanceof LayersModel ? placedLayers(layer, place) : [{ layer, place }];
  });
}

/**
 * Gives layers the weights of the files.
 *
 * @param weights by the layer's place and the weight's name, `body/conv/kernel`; by `conv/kernel` alone, as tfjs writes; or
 *   with more in front, as Keras' versions differ in that
 * @throws LabError `model-unreadable`: a weight is missing, of another shape, or could be that of several layers
 */
export function placeWeights(path: string, placed: readonly PlacedLayer[], weights: Record<string, Tensor>): void {
  const keys = new KnownKeys(weights);
  const takenBy = new Map<string, string>();
  for (const { layer, place } of placed) {
    const slots = layerWeights(layer);
    if (slots.length === 0) continue;
    layer.setWeights(
      slots.map(({ name, shape }) => {
        const called = `${place.join('/')}/${name}`;
        const key = keys.find(place, name);
        if (key === null) {
          throw modelUnreadable(path, `the weight "${called}" is missing`, 'Export the model again with its weights.');
        }
        const other = takenBy.get(key);
        if (other !== undefined) throw ambiguousWeight(path, key, `${other} and ${called}`);
        takenBy.set(key, called);
        const weight = weights[key]!;
        if (weight.shape.join() === shape.join()) return weight;
        throw modelUnreadable(
          path,
          `the weight "${called}" is [${weight.shape.join(', ')}] where the layer needs [${shape.join(', ')}]`,
          'The weight files may belong to another model. Give those that were exported with it.',
        );
      }),
    );
  }
}

/** For a name that the files give to the weights of several layers. @param which what it may stand for, in words */
export function ambiguousWeight(path: string, name: string, which: string) {
  return modelUnreadable(
    path,
    `it does not say which of several layers the weight "${name}" belongs to (${which})`,
    'Give all layers names of their own, also those of networks inside, and export the network again.',
  );
}

class KnownKeys {
  readonly #keys: ReadonlySet<string>;
  /** Keys by their last part, the name of the weight. */
  readonly #byWeight = new Map<string, string[]>();

  constructor(weights: Record<string, Tensor>) {
    this.#keys = new Set(Object.keys(weights));
    for (const key of this.#keys) {
      const weight = key.slice(key.lastIndexOf('/') + 1);
      const known = this.#byWeight.get(weight);
      if (known) known.push(key);
      else this.#byWeight.set(weight, [key]);
    }
  }

  /** The key of a weight; null when there is none, or several could be meant. */
  find(place: LayerPlace, weight: string): string | null {
    const full = [...place, weight].join('/');
    const own = `${place.at(-1)}/${weight}`;
    for (const key of [full, own]) if (this.#keys.has(key)) return key;
    for (const key of [full, own]) {
      const endings = (this.#byWeight.get(weight) ?? []).filter((known) => known.endsWith(`/${key}`));
      if (endings.length === 1) return endings[0]!;
    }
    return null;
  }
}
