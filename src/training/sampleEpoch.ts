import type { Random } from '../foundation/random';
import type { TrainSettings } from './trainSettings';

/**
 * The order in which one epoch goes through the training samples.
 *
 * `plain`: every sample once. `class-balanced`: as many draws as there are samples, with replacement, every class that
 * has samples equally likely, as the authors' weighted sampler does.
 *
 * @param indices positions of the training samples in the dataset
 * @param labels class of every sample of the dataset
 */
export function sampleEpoch(
  sampler: TrainSettings['sampler'],
  indices: ArrayLike<number>,
  labels: ArrayLike<number>,
  random: Random,
): Int32Array {
  const all = Array.from(indices);
  if (sampler === 'plain') return Int32Array.from(random.shuffled(all));
  const classes = membersByClass(all, labels);
  return Int32Array.from(all, () => {
    const members = classes[random.integer(classes.length)]!;
    return members[random.integer(members.length)]!;
  });
}

/** The samples of each class that has any, in the order of the class numbers. */
function membersByClass(indices: number[], labels: ArrayLike<number>): number[][] {
  const members: number[][] = [];
  for (const index of indices) {
    const label = labels[index]!;
    members[label] ??= [];
    members[label].push(index);
  }
  return members.filter((list) => list !== undefined);
}
