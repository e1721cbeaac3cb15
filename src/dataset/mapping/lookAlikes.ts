import type { FindingLog } from '../findings/datasetFinding';
import type { LookAlikeRule } from './datasetMapping';

/** What the handling of look-alikes needs to know of a sample. */
interface Sample {
  /** Position of its image in the image set. */
  imageIndex: number;
  name: string;
  label: string;
  group: 0 | 1;
}

/** For each image of a set of look-alikes, the number of the set. */
function numberSets(duplicateGroups: readonly (readonly number[])[]): Map<number, number> {
  return new Map(duplicateGroups.flatMap((images, set) => images.map((image): [number, number] => [image, set])));
}

/**
 * Leaves out what the rule does not keep: whole sets in conflict, then all but the first sample of each set. What is left out
 * is noted.
 *
 * @param duplicateGroups positions in the image set
 */
export function dropLookAlikes<S extends Sample>(
  samples: readonly S[],
  { copies, conflicts }: LookAlikeRule,
  duplicateGroups: readonly (readonly number[])[],
  findings: FindingLog,
): S[] {
  const setOf = numberSets(duplicateGroups);
  const meaning = new Map<number, string>();
  const inConflict = new Set<number>();
  for (const { imageIndex, label, group } of samples) {
    const set = setOf.get(imageIndex);
    if (set === undefined) continue;
    const own = JSON.stringify([label, group]);
    if ((meaning.get(set) ?? own) !== own) inConflict.add(set);
    meaning.set(set, own);
  }
  const seen = new Set<number>();
  return samples.filter(({ imageIndex, name }) => {
    const set = setOf.get(imageIndex);
    if (set === undefined) return true;
    if (conflicts === 'drop' && inConflict.has(set)) {
      findings.note('look-alike-in-conflict', name);
      return false;
    }
    if (copies === 'drop' && seen.has(set)) {
      findings.note('look-alike-dropped', name);
      return false;
    }
    seen.add(set);
    return true;
  });
}

/**
 * What must stay in one split when look-alikes must: samples that share a patient or lesion, or a set of look-alikes, or are
 * linked by others that do.
 *
 * @param clusters patient or lesion of each sample; null where none is known
 * @returns a name for each sample, equal for those that stay together
 */
export function joinLookAlikes(
  imageIndices: readonly number[],
  clusters: readonly string[] | null,
  duplicateGroups: readonly (readonly number[])[],
): string[] {
  const setOf = numberSets(duplicateGroups);
  const parents = imageIndices.map((_, sample) => sample);
  const rootOf = (sample: number): number => {
    let root = sample;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]!]!;
      root = parents[root]!;
    }
    return root;
  };
  const firstOf = new Map<string, number>();
  const tie = (sample: number, key: string) => {
    const first = firstOf.get(key);
    if (first === undefined) firstOf.set(key, sample);
    else parents[rootOf(sample)] = rootOf(first);
  };
  for (const [sample, image] of imageIndices.entries()) {
    if (clusters) tie(sample, `cluster ${clusters[sample]!}`);
    const set = setOf.get(image);
    if (set !== undefined) tie(sample, `set ${set}`);
  }
  return parents.map((_, sample) => String(rootOf(sample)));
}
