import { initializers } from '@tensorflow/tfjs-layers';
import { createRandom } from '../../foundation/random';

/** He's normal initialisation, from a stream of the layer's own. */
export function seededHeNormal(seed: number, layer: string) {
  // tfjs takes seed 0 for "no seed".
  return initializers.heNormal({ seed: 1 + createRandom(seed, 'weights', layer).integer(0x7fff_fffe) });
}
