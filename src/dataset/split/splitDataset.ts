import { createRandom, type Random } from '../../foundation/random';
import { splitNames } from '../splitName';
import { formUnits, type SplitInput, type Unit } from './formUnits';
import { placeUnits } from './placeUnits';
import type { SplitSettings } from './splitSettings';

/**
 * Assigns every sample to train (0), validation (1) or test (2): seeded, with the shares asked for inside every cell of
 * class × group, and without splitting a cluster.
 *
 * Without clusters every part of every cell is less than one sample away from its share, and what rounding leaves over is
 * given out so that the parts as a whole come close to theirs. Clusters are placed first, large ones before small ones,
 * and single samples even out what they leave; where the clusters of a cell are too large for that, it is off by as
 * little as the search of {@link placeUnits} finds.
 *
 * A given split is kept as it is, even where it splits a cluster. A part that it lacks altogether (mostly validation) is
 * drawn from its training samples.
 *
 * @param settings ratios ≥ 0, not all 0; only their proportions count
 * @returns one code per sample
 */
export function splitDataset(input: SplitInput, settings: SplitSettings): number[] {
  const ratios = [settings.trainRatio, settings.validationRatio, settings.testRatio];
  const random = createRandom(settings.seed, 'split');
  const all = input.labels.map((_, index) => index);
  const { given } = input;
  if (!given) {
    const splits = all.map(() => 0);
    assignShares(splits, formUnits(all, input), ratios, random);
    return splits;
  }
  const splits = given.map((name) => splitNames.indexOf(name));
  const shares = ratios.map((ratio, code) => (code === 0 || !splits.includes(code) ? ratio : 0));
  const open = all.filter((index) => splits[index] === 0);
  if (shares.some((share, code) => code > 0 && share > 0)) {
    assignShares(splits, formUnits(open, input), shares, random);
  }
  return splits;
}

function assignShares(splits: number[], units: Unit[], ratios: number[], random: Random) {
  const places = placeUnits(units, ratios, random);
  for (const [unit, { samples }] of units.entries()) {
    for (const index of samples) splits[index] = places[unit]!;
  }
}
