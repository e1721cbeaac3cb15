import type { DatasetFinding, FindingKind, Tally } from '../findings/datasetFinding';

/** Why an image that was given has no record. */
const lost: readonly FindingKind[] = ['image-without-row', 'duplicate-image-name', 'image-unreadable'];

/**
 * What became of all images that were given: those that a mapping left out, and before it those without a record.
 * @param found what was noticed before the mapping
 * @param mapped what became of the images that have a record
 */
export function tallyImages(givenCount: number, found: readonly DatasetFinding[], mapped: Tally): Tally {
  const before = found.filter(({ kind }) => lost.includes(kind)).map(({ kind, count }) => ({ kind, count }));
  return { total: givenCount, used: mapped.used, leftOut: [...before, ...mapped.leftOut] };
}
