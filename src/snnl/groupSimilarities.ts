import { concat, expandDims, eye, mean, mul, slice, sub, type Tensor2D, zeros } from '@tensorflow/tfjs-core';
import type { GroupBlock } from './groupBlocks';
import { type Points, pairSimilarity } from './pairSimilarity';

/** Takes an image's pair with itself out of a sum of exp: finite, because WGSL does not promise infinities. */
const excluded = -1e30;

/** log Σ exp(-d/T) from each image of one group, [group size, channels]; null where there is nobody to compare with. */
export interface GroupSimilarities {
  /** To the rest of its group. */
  same: Tensor2D | null;
  /** To the images of all other groups. */
  other: Tensor2D | null;
  /** To itself: -d_ii / T, which is 0 but for the cosine distance of a map of zeros. */
  self: Tensor2D;
}

/**
 * Compares the images of one group with each other and with the rest of the batch. Over all groups this takes one exp
 * per pair, and the two sums never share a scale that one of them would vanish in.
 *
 * @param points all images of the batch, at least two, sorted by group, centred
 */
export function groupSimilarities(points: Points, { start, size }: GroupBlock): GroupSimilarities {
  const [batch, , channels] = points.rows.shape;
  const own = imagesOf(points, start, size);
  const rest = [
    ...(start > 0 ? [imagesOf(points, 0, start)] : []),
    ...(start + size < batch ? [imagesOf(points, start + size, batch - start - size)] : []),
  ];
  return {
    same: size > 1 ? toOwnGroup(own) : null,
    other: rest.length > 0 ? pairSimilarity(own, joined(rest), null) : null,
    self: own.offsets ? mul(own.offsets, -2) : zeros([size, channels]),
  };
}

/** Centred on the group's own mean first, so that distances inside a group keep their digits however far others are. */
function toOwnGroup({ rows, offsets }: Points): Tensor2D {
  const own: Points = { rows: sub(rows, mean(rows, 0, true)), offsets };
  return pairSimilarity(own, own, expandDims(mul(eye(rows.shape[0]), excluded), 1));
}

function imagesOf({ rows, offsets }: Points, start: number, size: number): Points {
  return {
    rows: slice(rows, [start, 0, 0], [size, -1, -1]),
    offsets: offsets && slice(offsets, [start, 0], [size, -1]),
  };
}

function joined(parts: Points[]): Points {
  const offsets = parts.flatMap((part) => part.offsets ?? []);
  return {
    rows: concat(parts.map(({ rows }) => rows)),
    offsets: offsets.length > 0 ? concat(offsets) : null,
  };
}
