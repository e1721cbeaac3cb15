import {
  add,
  avgPool,
  concat,
  expandDims,
  mul,
  reshape,
  slice,
  square,
  sub,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';

/**
 * Images of one batch as points, channel by channel, such that for two images i and j
 *
 *     d_ij / T = potential_i + potential_j - row_i · row_j
 */
export interface Points {
  /** [images, pixels, channels]. */
  rows: Tensor3D;
  /** ½|row|² + offset, [images, channels]. */
  potentials: Tensor2D;
  /** What the distance has beyond ½|row_i - row_j|²: offset_i + offset_j, [images, channels]. Null = nothing. */
  offsets: Tensor2D | null;
}

/** ½|row|² of each image and channel, [images, channels]. */
export function halfSquaredNorms(rows: Tensor3D): Tensor2D {
  const [images, pixels, channels] = rows.shape;
  const means = avgPool(expandDims<Tensor3D>(square(rows), 0), [1, pixels], 1, 'valid');
  return mul(reshape(means, [images, channels]), pixels / 2);
}

/** Subtracts from each row the mean row over the images. */
export function subtractMean(rows: Tensor3D): Tensor3D {
  const [images, pixels, channels] = rows.shape;
  // Pooling is some ten times as fast as a mean over the first axis on WASM, which transposes first.
  const means = avgPool(expandDims<Tensor3D>(rows, 0), [images, 1], 1, 'valid');
  return sub(rows, reshape(means, [1, pixels, channels]));
}

/** The same distances, seen from the points' own mean: small distances keep their digits however far others are. */
export function recentre({ rows, offsets }: Points): Points {
  const centred = subtractMean(rows);
  const half = halfSquaredNorms(centred);
  return { rows: centred, potentials: offsets ? add(half, offsets) : half, offsets };
}

/** A run of consecutive images. */
export function imagesOf({ rows, potentials, offsets }: Points, start: number, count: number): Points {
  return {
    rows: slice(rows, [start, 0, 0], [count, -1, -1]),
    potentials: slice(potentials, [start, 0], [count, -1]),
    offsets: offsets && slice(offsets, [start, 0], [count, -1]),
  };
}

/** All images but a run of consecutive ones; null when none is left. */
export function imagesBeside(points: Points, start: number, count: number): Points | null {
  const end = start + count;
  const after = points.rows.shape[0] - end;
  if (start === 0 && after === 0) return null;
  if (start === 0) return imagesOf(points, end, after);
  if (after === 0) return imagesOf(points, 0, start);
  const [first, second] = [imagesOf(points, 0, start), imagesOf(points, end, after)];
  return {
    rows: concat([first.rows, second.rows]),
    potentials: concat([first.potentials, second.potentials]),
    offsets: first.offsets && second.offsets && concat([first.offsets, second.offsets]),
  };
}
