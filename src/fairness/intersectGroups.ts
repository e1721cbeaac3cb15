import { LabError } from '../foundation/labError';

/** One sensitive attribute of the samples. */
export interface Grouping {
  /** Group of each sample, 0 … names.length-1. */
  groups: ArrayLike<number>;
  names: string[];
}

/**
 * The groups that two attributes make together: every combination of a group of one with a group of the other, named
 * `dark × female`. Combinations without samples are there too; `evaluate` leaves out and lists what is below
 * its minimum size, so that all samples are accounted for. For three attributes, intersect twice.
 *
 * @throws LabError `predictions-invalid` when the two are not of equally many samples, or a group has no name
 */
export function intersectGroups(a: Grouping, b: Grouping): Grouping & { groups: Int32Array } {
  if (a.groups.length !== b.groups.length) {
    throw invalid(`One attribute has ${a.groups.length} samples, the other ${b.groups.length}.`);
  }
  checkNames(a);
  checkNames(b);
  return {
    groups: Int32Array.from({ length: a.groups.length }, (_, i) => a.groups[i]! * b.names.length + b.groups[i]!),
    names: a.names.flatMap((nameA) => b.names.map((nameB) => `${nameA} × ${nameB}`)),
  };
}

function checkNames({ groups, names }: Grouping): void {
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i]!;
    if (Number.isInteger(group) && group >= 0 && group < names.length) continue;
    throw invalid(`The group at position ${i} is ${group}, and there are names for ${names.length}.`);
  }
}

function invalid(message: string): LabError {
  return new LabError({
    code: 'predictions-invalid',
    message,
    hint: 'Give both attributes of the same samples, in the same order.',
  });
}
