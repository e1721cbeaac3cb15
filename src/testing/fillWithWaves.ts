import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { layerWeights, sizeOf } from '../model/network/layerWeights';

/** Gives a network the weights that `architectures/golden/makeLogits.py` describes: each a wave under its own name. */
export function fillWithWaves(network: LayersModel): void {
  tidy(() => {
    for (const layer of network.layers) {
      const values = layerWeights(layer).map(({ name, shape }) =>
        tensor(
          wave(sizeOf(shape), `${layer.name}/${name}`).map((value) => scaled(name, value, shape)),
          shape,
        ),
      );
      layer.setWeights(values);
    }
  });
}

function scaled(weight: string, value: number, shape: number[]): number {
  const inputs = weight === 'depthwise_kernel' ? sizeOf(shape.slice(0, 2)) : sizeOf(shape.slice(0, -1));
  if (weight.endsWith('kernel')) return value * Math.sqrt(2 / inputs);
  if (weight === 'moving_variance') return 1.5 + 0.5 * value;
  return weight === 'gamma' ? 1 + 0.5 * value : value;
}

/** The first numbers of the wave of a name; pixels have the empty name. */
export function wave(count: number, name: string): number[] {
  const phase = Array.from(name).reduce((sum, character) => sum + character.charCodeAt(0), 0);
  return Array.from({ length: count }, (_, i) => Math.sin(0.37 * i * i + 1.7 * i + phase));
}
