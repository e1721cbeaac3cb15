import { expandDims, eye, mul, type Tensor2D, zerosLike } from '@tensorflow/tfjs-core';
import type { GroupBlock } from './groupBlocks';
import { pairSimilarity } from './pairSimilarity';
import { joinImages, type Points, recentre, splitImages } from './points';

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
 * Compares the images of each group with each other and with the rest of the batch. Over all groups this takes one exp
 * per pair, and the two sums never share a scale that one of them would vanish in.
 *
 * @param points all images of the batch, at least two, sorted by group, centred
 * @param blocks where each group is
 * @returns one entry per group
 */
export function groupSimilarities(points: Points, blocks: GroupBlock[]): GroupSimilarities[] {
  const groups = splitImages(points, blocks);
  return groups.map((own) => {
    const rest = joinImages(groups.filter((other) => other !== own));
    return {
      same: own.rows.shape[0] > 1 ? toOwnGroup(recentre(own)) : null,
      other: rest && pairSimilarity(own, rest, null),
      self: own.offsets ? mul(own.offsets, -2) : zerosLike(own.potentials),
    };
  });
}

function toOwnGroup(own: Points): Tensor2D {
  const ownTerm = mul(eye(own.rows.shape[0]), excluded);
  return pairSimilarity(own, own, expandDims(ownTerm, 1));
}
