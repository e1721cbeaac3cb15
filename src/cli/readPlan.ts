import { type ImportPlan, parseImportPlan } from '../dataset/mapping/parseMapping';
import { LabError } from '../foundation/labError';
import { runConfigSchema } from '../recipe/runConfig';
import type { CommandLine, Given } from './commandLine';
import { assumeOfTables, type dataFlags, mappingFlag } from './dataFlags';
import { numberFlag } from './flag';
import { isDemo, suggestPlan } from './loadInputs';
import { readAssumed } from './readAssumed';
import { isFolder, readInput } from './readInput';

/** The flags that say how a folder or zip becomes a dataset. */
export const planFlags = {
  mapping: mappingFlag,
  seed: numberFlag(runConfigSchema.shape.seed, 'seed of the split'),
  assume: assumeOfTables,
};

/**
 * How a folder or zip becomes a dataset: the file of --mapping, or what the tables suggest; --seed decides the split, and
 * --assume says what the tables leave open.
 * @throws LabError `config-invalid`
 */
export async function readPlan({ flags, lab }: CommandLine<typeof planFlags>, path: string): Promise<ImportPlan> {
  const { seed, mapping } = flags;
  await isFolder(path);
  const plan = mapping === undefined ? await suggestPlan(await lab(), path) : await readMappingFile(mapping);
  const answers = (await readAssumed(flags.assume)) ?? plan.mapping.answers;
  return {
    ...plan,
    mapping: { ...plan.mapping, ...(answers && { answers }) },
    split: seed === undefined ? plan.split : { ...plan.split, seed },
  };
}

/**
 * What --mapping says of --data; nothing when it is left out.
 * @throws LabError `config-invalid`, also beside the demo
 */
export async function readMapping({ flags }: Pick<Given<typeof dataFlags>, 'flags'>): Promise<Partial<ImportPlan>> {
  if (flags.mapping === undefined) return {};
  if (!isDemo(flags.data)) return readMappingFile(flags.mapping);
  throw new LabError({
    code: 'config-invalid',
    message: '--mapping would have no effect here: the data are the demo.',
    hint: 'Leave --mapping out, or name a folder or zip with --data.',
  });
}

export async function readMappingFile(file: string): Promise<ImportPlan> {
  return parseImportPlan(await readInput(file), file);
}
