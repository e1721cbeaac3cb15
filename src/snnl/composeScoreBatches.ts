import { createRandom } from '../foundation/random';
import type { SnnlOptions } from './snnlOptions';

/**
 * Cuts samples into the batches that are scored.
 *
 * `stratified` spreads each group, in seeded random order, evenly over the list before cutting it, so that every batch
 * has the groups' shares of the whole, to within about one image. `file-order` cuts the samples as they stand. Inside a
 * batch the samples are sorted by group, which changes no score and saves the scoring a pass over the maps.
 *
 * The last batch may be short: `dropShortBatch` leaves it out, and a single image, which has no pair, is always left
 * out.
 *
 * @param indices samples to score, in file order
 * @param groups group of each of those samples, in the same order
 * @param seed decides the order within each group
 * @returns the batches, each of at least two indices; none when there are too few samples
 */
export function composeScoreBatches(
  indices: ArrayLike<number>,
  groups: ArrayLike<number>,
  options: Pick<SnnlOptions, 'batchSize' | 'batching' | 'dropShortBatch'>,
  seed: number,
): Int32Array<ArrayBuffer>[] {
  const positions = Array.from({ length: indices.length }, (_, i) => i);
  const ordered = options.batching === 'stratified' ? spreadGroups(positions, groups, seed) : positions;
  const shortest = options.dropShortBatch ? options.batchSize : 2;
  const batches: Int32Array<ArrayBuffer>[] = [];
  for (let start = 0; start < ordered.length; start += options.batchSize) {
    const batch = ordered.slice(start, start + options.batchSize);
    if (batch.length < shortest) break;
    batch.sort((a, b) => groups[a]! - groups[b]! || a - b);
    batches.push(Int32Array.from(batch, (position) => indices[position]!));
  }
  return batches;
}

/** Puts the r-th of a group's n samples, in random order, at the share (r + ½)/n of the list. */
function spreadGroups(positions: number[], groups: ArrayLike<number>, seed: number): number[] {
  const members = new Map<number, number[]>();
  for (const position of positions) {
    const group = groups[position]!;
    members.set(group, [...(members.get(group) ?? []), position]);
  }
  return [...members]
    .sort(([a], [b]) => a - b)
    .flatMap(([group, own]) =>
      createRandom(seed, 'score-batches', group)
        .shuffled(own)
        .map((position, rank) => ({ position, share: (rank + 0.5) / own.length })),
    )
    .sort((a, b) => a.share - b.share)
    .map(({ position }) => position);
}
