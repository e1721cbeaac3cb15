import { LabError } from '../../foundation/labError';
import { createRandom } from '../../foundation/random';

/**
 * Divides samples into folds of about equal size, each with every group; a cluster is never divided.
 *
 * @param clusters patient or lesion of each sample, or null; a sample with an empty text is a cluster of its own
 * @returns fold of each sample, 0 … folds-1
 * @throws LabError `group-too-small` when a group has fewer clusters of its own than there are folds
 */
export function assignFolds(
  groups: ArrayLike<number>,
  groupCount: number,
  clusters: readonly string[] | null,
  folds: number,
  seed: number,
): Int32Array {
  const units = new Map<string | number, number[]>();
  for (let i = 0; i < groups.length; i++) {
    const key = clusters?.[i] || i;
    const unit = units.get(key);
    if (unit) unit.push(i);
    else units.set(key, [i]);
  }
  const foldOfSample = new Int32Array(groups.length);
  const unitsOfGroup = Array.from({ length: groupCount }, () => 0);
  for (const unit of createRandom(seed, 'folds').shuffled(units.values())) {
    // A cluster with several groups counts to that of its first sample.
    const group = groups[unit[0]!]!;
    for (const i of unit) foldOfSample[i] = unitsOfGroup[group]! % folds;
    unitsOfGroup[group]!++;
  }
  const small = unitsOfGroup.findIndex((count) => count < folds);
  if (small < 0) return foldOfSample;
  throw new LabError({
    code: 'group-too-small',
    message: `Group ${small} has ${unitsOfGroup[small]} samples or clusters of its own, too few for ${folds} folds.`,
    hint: 'Use more samples, or fewer folds.',
    details: { group: small, folds },
  });
}
