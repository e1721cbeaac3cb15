import { initializers } from '@tensorflow/tfjs-layers';
import { createRandom } from '../../foundation/random';

/** He's normal initialisation, from a stream of the layer's own. */
export function seededHeNormal(seed: number, layer: string) {
  return initializers.heNormal({ seed: tfjsSeed(seed, layer) });
}

/** A seed for a layer's weights. */
export function tfjsSeed(seed: number, layer: string): number {
  // tfjs takes seed 0 for "no seed".
  return 1 + createRandom(seed, 'weights', layer).integer(0x7fff_fffe);
}
