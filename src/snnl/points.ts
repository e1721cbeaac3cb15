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
import type { GroupBlock } from './groupBlocks';

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

/** The images of each block. */
export function splitImages({ rows, potentials, offsets }: Points, blocks: GroupBlock[]): Points[] {
  return blocks.map(({ start, size }) => ({
    rows: slice(rows, [start, 0, 0], [size, -1, -1]),
    potentials: slice(potentials, [start, 0], [size, -1]),
    offsets: offsets && slice(offsets, [start, 0], [size, -1]),
  }));
}

/** All images of several parts as one; null when there is no part. */
export function joinImages(parts: Points[]): Points | null {
  const [first] = parts;
  if (!first || parts.length === 1) return first ?? null;
  const offsets = parts.flatMap((part) => part.offsets ?? []);
  return {
    rows: concat(parts.map(({ rows }) => rows)),
    potentials: concat(parts.map(({ potentials }) => potentials)),
    offsets: offsets.length > 0 ? concat(offsets) : null,
  };
}
