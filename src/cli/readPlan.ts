import { type ImportPlan, parseImportPlan } from '../dataset/mapping/parseMapping';
import { bounds } from '../foundation/bounds';
import type { CommandLine } from './commandLine';
import { suggestPlan } from './loadInputs';
import { parseWholeNumber } from './parseWholeNumber';
import { readAssumed } from './readAssumed';
import { isFolder, readInput } from './readInput';

/**
 * How a folder or zip becomes a dataset: the file of --mapping, or what the tables suggest; --seed decides the split, and
 * --assume says what the tables leave open.
 * @throws LabError `config-invalid`
 */
export async function readPlan({ flags, lab }: CommandLine, path: string): Promise<ImportPlan> {
  const seed = flags.seed === undefined ? null : parseWholeNumber('seed', flags.seed, bounds.seed);
  await isFolder(path);
  const plan =
    flags.mapping === undefined
      ? await suggestPlan(await lab(), path)
      : parseImportPlan(await readInput(flags.mapping), flags.mapping);
  const answers = (await readAssumed(flags.assume)) ?? plan.mapping.answers;
  return {
    ...plan,
    mapping: { ...plan.mapping, ...(answers && { answers }) },
    split: seed === null ? plan.split : { ...plan.split, seed },
  };
}
