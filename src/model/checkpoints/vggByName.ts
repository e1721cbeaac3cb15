import { type FoundStep, placeOf } from './sequenceOf';

/** After which convolutions torchvision's VGGs pool, by the number of their convolutions. */
const vggPools: Record<number, readonly number[]> = {
  8: [1, 2, 4, 6, 8],
  10: [2, 4, 6, 8, 10],
  13: [2, 4, 7, 10, 13],
  16: [2, 4, 8, 12, 16],
};

/**
 * After which convolutions a torchvision VGG pools, counted from 1, told by the names alone: its convolutions have the very
 * numbers that ReLU and pooling leave them. Null when they are others.
 */
export function vggPoolsByName(convolutions: FoundStep[]): readonly number[] | null {
  const pools = vggPools[convolutions.length];
  if (!pools) return null;
  let index = 0;
  for (const [i, { module, norm }] of convolutions.entries()) {
    const place = placeOf(module);
    const is3x3 = module.shape[2] === 3;
    if (!is3x3 || place?.parent !== 'features' || place.index !== index) return null;
    index += (norm ? 3 : 2) + (pools.includes(i + 1) ? 1 : 0);
  }
  return pools;
}
