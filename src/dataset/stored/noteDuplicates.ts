import type { FindingLog } from '../findings/findingLog';
import type { DatasetManifest } from './dataset';
import { describeDuplicates } from './describeDuplicates';

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
