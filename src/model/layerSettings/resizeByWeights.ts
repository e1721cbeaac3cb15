import type { NumberArray } from '../keras/numberArray';
import { fixedSuffix } from '../network/fixedLayer';
import type { LayerSpec, RuleContext } from './layerRule';
import type { Pair } from './layerSettings';

/**
 * Resizes maps between pixels as TensorFlow does, with half-pixel centres. tfjs' own layers use other centres; here every
 * row and every column is multiplied by a fixed matrix: Dense along the height, then along the width, between Permutes.
 *
 * @param from height and width of the maps
 * @param to height and width due
 */
export function resizeByWeights(from: Pair, to: Pair, context: RuleContext): LayerSpec[] {
  context.note(`resizes from ${from.join(' × ')} to ${to.join(' × ')} pixels with fixed weights here`);
  const along = (side: 0 | 1, name: string): LayerSpec => ({
    kind: 'Dense',
    settings: { units: to[side], use_bias: false, activation: 'linear', trainable: false },
    suffix: `${name}${fixedSuffix}`,
    weights: { kernel: bilinearShares(from[side], to[side]) },
  });
  const turn = (dims: number[], suffix?: string): LayerSpec => ({ kind: 'Permute', settings: { dims }, suffix });
  return [
    turn([3, 2, 1]), // channels, width, height
    along(0, 'height'),
    turn([1, 3, 2], 'turn'), // channels, height, width
    along(1, 'width'),
    turn([2, 3, 1], 'back'), // height, width, channels
  ];
}

/**
 * Column j holds the shares of the pixels that pixel j of the result is made of: of the two nearest to
 * (j + ½) · from / to - ½, the border repeated.
 *
 * @returns [from, to]
 */
function bilinearShares(from: number, to: number): NumberArray {
  const values = new Float32Array(from * to);
  const add = (pixel: number, j: number, share: number) => {
    const inside = Math.min(from - 1, Math.max(0, pixel));
    values[inside * to + j]! += share;
  };
  for (let j = 0; j < to; j++) {
    const centre = ((j + 0.5) * from) / to - 0.5;
    const below = Math.floor(centre);
    add(below, j, 1 - (centre - below));
    add(below + 1, j, centre - below);
  }
  return { shape: [from, to], values };
}
