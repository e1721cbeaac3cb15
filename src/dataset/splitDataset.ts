import { createRandom, type Random } from '../foundation/random';
import { type SplitName, splitNames } from './dataset';
import type { SplitSettings } from './importMapping';

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

/** Samples that stay together. */
type Unit = number[];

/**
 * Assigns every sample to train (0), validation (1) or test (2): seeded, with the shares asked for inside every cell of
 * class × group, and without splitting a cluster. A cluster counts to the cell that most of its samples are in.
 *
 * A given split is kept as it is, even where it splits a cluster. A part that it lacks altogether (mostly validation) is
 * drawn from its training samples.
 *
 * Without clusters each part is within one sample of its share overall, and within two in each cell: what rounding leaves
 * over in one cell is carried to the next.
 *
 * @param settings ratios ≥ 0; only their proportions count
 * @returns one code per sample
 */
export function splitDataset(input: SplitInput, settings: SplitSettings): number[] {
  const ratios = [settings.trainRatio, settings.validationRatio, settings.testRatio];
  const random = createRandom(settings.seed, 'split');
  const all = input.labels.map((_, index) => index);
  const { given } = input;
  if (!given) {
    const splits = all.map(() => 0);
    assignShares(splits, formUnits(all, input.clusters), input, ratios, random);
    return splits;
  }
  const splits = given.map((name) => splitNames.indexOf(name));
  const shares = ratios.map((ratio, code) => (code === 0 || !splits.includes(code) ? ratio : 0));
  const open = all.filter((index) => splits[index] === 0);
  assignShares(splits, formUnits(open, input.clusters), input, shares, random);
  return splits;
}

function formUnits(indices: number[], clusters: readonly string[] | null): Unit[] {
  if (!clusters) return indices.map((index) => [index]);
  const units = new Map<string, Unit>();
  for (const index of indices) {
    const unit = units.get(clusters[index]!);
    if (unit) unit.push(index);
    else units.set(clusters[index]!, [index]);
  }
  return [...units.values()];
}

/** Gives each unit, cell by cell and large ones first, to the part that is furthest below its share. */
function assignShares(splits: number[], units: Unit[], input: SplitInput, ratios: number[], random: Random) {
  const ratioSum = ratios.reduce((sum, ratio) => sum + ratio, 0);
  const missing = ratios.map(() => 0);
  for (const cell of groupByCell(units, input)) {
    const size = cell.reduce((sum, unit) => sum + unit.length, 0);
    for (const [code, ratio] of ratios.entries()) missing[code]! += (size * ratio) / ratioSum;
    const ordered = random.shuffled(cell).sort((a, b) => b.length - a.length);
    for (const unit of ordered) {
      const code = missing.indexOf(Math.max(...missing));
      missing[code]! -= unit.length;
      for (const index of unit) splits[index] = code;
    }
  }
}

/** Units by the cell of class × group that most of their samples are in, cells in ascending order. */
function groupByCell(units: Unit[], { labels, groups }: SplitInput): Unit[][] {
  const cells = new Map<number, Unit[]>();
  for (const unit of units) {
    const cell = mostFrequent(unit.map((index) => labels[index]! * 2 + groups[index]!));
    const members = cells.get(cell);
    if (members) members.push(unit);
    else cells.set(cell, [unit]);
  }
  return [...cells].sort(([a], [b]) => a - b).map(([, members]) => members);
}

/** The smallest one when several are equally frequent. */
function mostFrequent(values: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b)[0]![0];
}
