import { type SplitName, splitNames } from '../../../dataset/splitName';
import type { DatasetManifest } from '../../../dataset/stored/dataset';

/** Which samples are looked at; null stands for all. */
export interface SampleFilter {
  label: number | null;
  group: 0 | 1 | null;
  split: SplitName | null;
}

export const everySample: SampleFilter = { label: null, group: null, split: null };

/** Positions of the samples that pass, ascending. */
export function filterSamples(
  { samples }: Pick<DatasetManifest, 'samples'>,
  { label, group, split }: SampleFilter,
): number[] {
  const code = split === null ? null : splitNames.indexOf(split);
  const passing: number[] = [];
  for (let index = 0; index < samples.labels.length; index++) {
    if (label !== null && samples.labels[index] !== label) continue;
    if (group !== null && samples.groups[index] !== group) continue;
    if (code !== null && samples.splits[index] !== code) continue;
    passing.push(index);
  }
  return passing;
}
