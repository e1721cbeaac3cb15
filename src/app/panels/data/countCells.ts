import { type SplitName, splitNames } from '../../../dataset/splitName';
import type { DatasetManifest } from '../../../dataset/stored/dataset';

/** Samples of each class in each group, per split: `counts[split][class][group]`. */
export function countCells({
  samples,
  classNames,
}: Pick<DatasetManifest, 'samples' | 'classNames'>): Record<SplitName, [number, number][]> {
  const empty = (): [number, number][] => classNames.map(() => [0, 0]);
  const counts = { train: empty(), validation: empty(), test: empty() };
  samples.labels.forEach((label, index) => {
    const split = splitNames[samples.splits[index]!];
    const cell = split && counts[split][label];
    if (cell) cell[samples.groups[index] === 0 ? 0 : 1] += 1;
  });
  return counts;
}
