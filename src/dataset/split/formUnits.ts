import type { SplitName } from '../splitName';

/** What a split needs to know of the samples; arrays of the same length. */
export interface SplitInput {
  labels: readonly number[];
  /** 0 or 1. */
  groups: readonly number[];
  /** Patient or lesion of each sample; null where none is known. */
  clusters: readonly string[] | null;
  /** The split that a column of the table gives each sample; null without such a column. */
  given: readonly SplitName[] | null;
}

/** Samples that stay together, with how many of them each cell of class × group has. */
export interface Unit {
  samples: number[];
  cells: Map<number, number>;
}

/** Number of the cell of class × group that a sample is in. */
function cellOf({ labels, groups }: SplitInput, sample: number): number {
  return labels[sample]! * 2 + groups[sample]!;
}

/** The samples' clusters, or each sample on its own where there are none. */
export function formUnits(samples: readonly number[], input: SplitInput): Unit[] {
  const units = new Map<string | number, Unit>();
  for (const sample of samples) {
    const key = input.clusters ? input.clusters[sample]! : sample;
    const unit = units.get(key) ?? { samples: [], cells: new Map<number, number>() };
    units.set(key, unit);
    const cell = cellOf(input, sample);
    unit.samples.push(sample);
    unit.cells.set(cell, (unit.cells.get(cell) ?? 0) + 1);
  }
  return [...units.values()];
}
