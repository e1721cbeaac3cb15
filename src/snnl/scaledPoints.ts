import {
  add,
  div,
  expandDims,
  fill,
  greater,
  maximum,
  mean,
  minimum,
  mul,
  onesLike,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  where,
} from '@tensorflow/tfjs-core';
import { halfSquaredNorms, type Points, subtractMean } from './points';
import type { SnnlOptions } from './snnlOptions';

/** Rows are divided by their norm, or by this when the norm is smaller (authors' code). */
const smallestNorm = 1e-12;

/**
 * Places the images of a batch, per channel, so that half the squared distance of two points is their distance over T.
 *
 * Cosine distance is half the squared distance of the unit rows, 1 - cos = ½|u-v|² + ½(1-|u|²) + ½(1-|v|²), where the
 * last two terms are 0 but for rows shorter than 1e-12: nearly parallel maps lose nothing to a subtraction from 1.
 * `auto` needs no pairs: the mean of |x_i - x_j|² over i ≠ j is 2/(b-1) Σ |x_i - mean|².
 *
 * @param maps float32 [b, pixels, channels], b ≥ 2
 * @returns the points, centred, and T of each channel; where `auto` finds all maps alike, T = 1
 */
export function scaledPoints(
  maps: Tensor3D,
  { distance, temperature }: Pick<SnnlOptions, 'distance' | 'temperature'>,
): { points: Points; temperatures: Tensor1D } {
  const [batch, , channels] = maps.shape;
  const { rows, offsets } = distance === 'cosine' ? unitRows(maps) : { rows: maps, offsets: null };
  // d_ij = scale · |row_i - row_j|² + offset_i + offset_j
  const scale = distance === 'cosine' ? 0.5 : 1;
  const centred = centre(rows);
  const half = halfSquaredNorms(centred);
  const temperatures: Tensor1D =
    temperature === 'auto'
      ? onesWhereZero(meanDistance(mul(half, 2 * scale), offsets, batch))
      : fill([channels], temperature);
  const stretch = div(2 * scale, temperatures);
  const scaledOffsets: Tensor2D | null = offsets && div(offsets, temperatures);
  const potentials: Tensor2D = mul(half, stretch);
  return {
    points: {
      rows: mul(centred, sqrt(stretch)),
      potentials: scaledOffsets ? add(potentials, scaledOffsets) : potentials,
      offsets: scaledOffsets,
    },
    temperatures,
  };
}

/** Rows of length 1, and half of what the squared length of each falls short of 1 (a row of zeros keeps length 0). */
function unitRows(maps: Tensor3D): { rows: Tensor3D; offsets: Tensor2D } {
  const norms: Tensor2D = sqrt(mul(halfSquaredNorms(maps), 2));
  const lengths = minimum(div(norms, smallestNorm), 1);
  return {
    rows: div(maps, expandDims(maximum(norms, smallestNorm), 1)),
    offsets: mul(sub(1, square(lengths)), 0.5),
  };
}

/** Subtracts the first image, which is exact where maps are alike, then the mean: a constant channel becomes all 0. */
function centre(rows: Tensor3D): Tensor3D {
  return subtractMean(sub(rows, slice(rows, [0, 0, 0], [1, -1, -1])));
}

/** Mean distance over the pairs i ≠ j of b images, from each image's distance to the mean image. */
function meanDistance(toMean: Tensor2D, offsets: Tensor2D | null, batch: number): Tensor1D {
  const spread: Tensor1D = mul(sum(toMean, 0), 2 / (batch - 1));
  return offsets ? add(spread, mul(mean(offsets, 0), 2)) : spread;
}

function onesWhereZero(values: Tensor1D): Tensor1D {
  return where(greater(values, 0), values, onesLike(values));
}
