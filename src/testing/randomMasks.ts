import { createRandom } from '../foundation/random';
import type { LabModel } from '../model/labModel';
import { makeWeightMask, type WeightMask } from '../model/masks/weightMask';
import { layerWeights } from '../model/network/layerWeights';

/** Masks of about two fifths of the elements of every weight but BatchNorm's averages. */
export function randomMasks({ network }: LabModel, seed: number): WeightMask[] {
  const random = createRandom(seed, 'random-masks');
  return network.layers.flatMap((layer) =>
    layerWeights(layer)
      .filter(({ name }) => !name.startsWith('moving_'))
      .map(({ name, shape }) =>
        makeWeightMask({ layer: layer.name, weight: name, shape }, () => random.integer(5) < 2),
      ),
  );
}

/** Every weight's numbers as their bits, by its name in files: tells 0 from −0. */
export function bitsOf({ network }: LabModel): Record<string, Uint32Array> {
  const weights = network.layers.flatMap(layerWeights);
  return Object.fromEntries(
    weights.map(({ fileName, value }) => [fileName, new Uint32Array(value.dataSync<'float32'>().slice().buffer)]),
  );
}
