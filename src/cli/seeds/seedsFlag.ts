import { LabError } from '../../foundation/labError';
import { runConfigSchema } from '../../recipe/runConfig';
import type { Flag } from '../flag';

/** More seeds than the paired tests over seeds take. */
const mostSeeds = 200;

/** `--seeds 1-5`, `--seeds 1,3,7`: the seeds of runs that differ in nothing else, in the order given. */
export const seedsFlag: Flag<number[]> = {
  value: '1-5|1,3,7',
  help: 'one run per seed, each in OUT/seed-N, in place of the seed of the settings; then mean ± SD over seeds',
  read: parseSeeds,
};

function parseSeeds(text: string, name: string): number[] {
  const seeds = text.split(',').flatMap((part) => {
    const [, first, last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    const areSeeds = [from, to].every((seed) => runConfigSchema.shape.seed.safeParse(seed).success);
    if (!areSeeds || from > to) throw unclear(name, text, `"${part}" is neither a seed nor a range of them.`);
    // One more than there may be is enough to be refused for it.
    return Array.from({ length: Math.min(to - from, mostSeeds) + 1 }, (_, index) => from + index);
  });
  if (seeds.length > mostSeeds) throw unclear(name, text, `More than ${mostSeeds} seeds cannot be compared.`);
  const twice = seeds.find((seed, index) => seeds.indexOf(seed) !== index);
  if (twice !== undefined) throw unclear(name, text, `The seed ${twice} is given twice.`);
  return seeds;
}

function unclear(name: string, text: string, reason: string): LabError {
  return new LabError({
    code: 'config-invalid',
    message: `--${name} cannot be "${text}". ${reason}`,
    hint: 'Give different seeds as --seeds 1-5 or --seeds 1,3,7.',
    details: { flag: name, given: text },
  });
}
