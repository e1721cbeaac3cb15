import { type DatasetManifest, type SplitName, splitNames } from '../../../dataset/dataset';

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

/** Positions of up to `perGroup` training samples of each group, spread evenly over the split. */
export function pickSamples({ samples }: Pick<DatasetManifest, 'samples'>, perGroup: number): [number[], number[]] {
  const pick = (group: number) => {
    const members = samples.groups.flatMap((value, index) =>
      value === group && samples.splits[index] === 0 ? [index] : [],
    );
    const count = Math.min(perGroup, members.length);
    return Array.from({ length: count }, (_, index) => members[Math.floor((index * members.length) / count)]!);
  };
  return [pick(0), pick(1)];
}
