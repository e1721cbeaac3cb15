import type { FindingLog } from '../findings/datasetFinding';
import type { DatasetManifest } from './dataset';

/** Samples whose images look the same. */
export interface DuplicateGroup {
  /** Positions in the dataset's samples, two or more. */
  samples: number[];
  /** They lie in more than one split: what is tested was trained on. */
  crossesSplits: boolean;
  /** They have different classes or different groups: at least one row is wrong. */
  conflicts: boolean;
}

/**
 * Says what look-alikes of an image set mean in a dataset that uses some of its images. The gravest come first: across
 * splits and in conflict, then either, then the rest.
 *
 * @param duplicateGroups positions in the image set, as its manifest holds them
 */
export function describeDuplicates(
  {
    samples,
    imageIndices,
  }: Pick<DatasetManifest, 'imageIndices'> & {
    samples: Pick<DatasetManifest['samples'], 'labels' | 'groups' | 'splits'>;
  },
  duplicateGroups: readonly (readonly number[])[],
): DuplicateGroup[] {
  const samplesOf = new Map<number, number[]>();
  for (const [sample, image] of imageIndices.entries()) {
    const same = samplesOf.get(image);
    if (same) same.push(sample);
    else samplesOf.set(image, [sample]);
  }
  const differ = (members: readonly number[], values: readonly number[]) =>
    members.some((sample) => values[sample] !== values[members[0]!]);
  return duplicateGroups
    .map((images) => images.flatMap((image) => samplesOf.get(image) ?? []).sort((a, b) => a - b))
    .filter((members) => members.length > 1)
    .map((members) => ({
      samples: members,
      crossesSplits: differ(members, samples.splits),
      conflicts: differ(members, samples.labels) || differ(members, samples.groups),
    }))
    .sort((a, b) => gravity(b) - gravity(a) || a.samples[0]! - b.samples[0]!);
}

function gravity({ crossesSplits, conflicts }: DuplicateGroup): number {
  return Number(crossesSplits) + Number(conflicts);
}

const maxNames = 4;

/** Notes images that look the same: each set of them once, and again where it crosses splits or where its rows differ. */
export function noteDuplicates(
  dataset: Pick<DatasetManifest, 'imageIndices' | 'samples'>,
  duplicateGroups: readonly (readonly number[])[],
  findings: FindingLog,
): void {
  const { names } = dataset.samples;
  for (const { samples, crossesSplits, conflicts } of describeDuplicates(dataset, duplicateGroups)) {
    const more = samples.length > maxNames ? ` and ${samples.length - maxNames} more` : '';
    const example =
      samples
        .slice(0, maxNames)
        .map((sample) => names[sample])
        .join(' = ') + more;
    findings.note('duplicate-images', example);
    if (crossesSplits) findings.note('duplicates-across-splits', example);
    if (conflicts) findings.note('duplicates-in-conflict', example);
  }
}
