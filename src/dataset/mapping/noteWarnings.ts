import type { FindingLog } from '../findings/datasetFinding';
import type { MappedSamples } from './mappedSamples';

const smallCell = 5;

/**
 * Notes what should be known of samples that are used: combinations of class and group with few or no images, classes of
 * one group only, and clusters that a given split divides.
 *
 * @param samples with `clusters` only where the split was given: splits that the lab draws never divide one
 */
export function noteWarnings(
  samples: Pick<MappedSamples, 'classNames' | 'groupNames' | 'labels' | 'groups' | 'splits' | 'clusters'>,
  findings: FindingLog,
): void {
  const { classNames, groupNames, labels, groups } = samples;
  const counts = classNames.map(() => [0, 0]);
  for (const [index, label] of labels.entries()) counts[label]![groups[index]!]!++;
  for (const [label, className] of classNames.entries()) {
    const cell = counts[label]!;
    for (const [group, count] of cell.entries()) {
      if (count < smallCell) findings.note('small-cell', `${className}, ${groupNames[group]!}: ${count}`);
    }
    const only = cell.findIndex((_, group) => cell[1 - group] === 0);
    if (only >= 0) findings.note('class-in-one-group', `${className}: only ${groupNames[only]!}`);
  }
  noteDividedClusters(samples, findings);
}

function noteDividedClusters({ clusters, splits }: Pick<MappedSamples, 'clusters' | 'splits'>, findings: FindingLog) {
  const splitOf = new Map<string, number>();
  const divided = new Set<string>();
  for (const [index, cluster] of (clusters ?? []).entries()) {
    const first = splitOf.get(cluster);
    if (first === undefined) splitOf.set(cluster, splits[index]!);
    else if (first !== splits[index]) divided.add(cluster);
  }
  for (const cluster of divided) findings.note('cluster-across-splits', cluster);
}
