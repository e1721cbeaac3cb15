import type { Random } from '../foundation/random';
import type { TrainSettings } from './trainSettings';

/**
 * The order in which one epoch goes through the training samples.
 *
 * `plain`: every sample once. The others draw as many as there are samples, with replacement: `class-balanced` with every
 * class that has samples equally likely, as the authors' weighted sampler does; `group-balanced` with every combination
 * of class and group that has samples equally likely.
 *
 * @param indices positions of the training samples in the dataset
 * @param samples class and group of every sample of the dataset
 */
export function sampleEpoch(
  sampler: TrainSettings['sampler'],
  indices: ArrayLike<number>,
  { labels, groups }: { labels: ArrayLike<number>; groups: ArrayLike<number> },
  random: Random,
): Int32Array {
  const all = Array.from(indices);
  if (sampler === 'plain') return Int32Array.from(random.shuffled(all));
  const cells = membersByCell(all, (index) =>
    sampler === 'class-balanced' ? labels[index]! : 2 * labels[index]! + groups[index]!,
  );
  return Int32Array.from(all, () => {
    const members = cells[random.integer(cells.length)]!;
    return members[random.integer(members.length)]!;
  });
}

/** The samples of each cell that has any, in the order of the cells' numbers. */
function membersByCell(indices: number[], cellOf: (index: number) => number): number[][] {
  const members: number[][] = [];
  for (const index of indices) {
    const cell = cellOf(index);
    members[cell] ??= [];
    members[cell].push(index);
  }
  return members.filter((list) => list !== undefined);
}
