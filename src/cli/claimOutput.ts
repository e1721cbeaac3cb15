import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../foundation/labError';
import { type RunFolder, readRunFolder } from './namedRun';
import { seedsSettingsName } from './seeds/seedsSettingsName';
import { makeOutputFolder } from './writeOutput';

/**
 * Takes a folder for the results of a run, before anything is computed. A folder never holds the results of two runs.
 *
 * @param resume whether the run that the folder holds may be gone on with
 * @returns what the folder holds of that run; null when it holds none
 * @throws LabError `config-invalid` for what is no folder to write to, and for one that holds another run's results
 */
export async function claimForRun(out: string, { resume }: { resume: boolean }): Promise<RunFolder | null> {
  await requireWritable(out);
  if (await exists(join(out, seedsSettingsName)))
    throw taken(out, 'the results of several seeds', 'Name another folder.');
  const earlier = await readRunFolder(out);
  if (!earlier || resume) return earlier;
  const { id, status } = earlier.record;
  const ways = ['Name another folder', ...(status === 'finished' ? [] : ['go on with that run by --resume'])];
  throw taken(out, `the results of the run ${id} (${status})`, `${ways.join(', or ')}.`);
}

/** Takes a folder for the results of several seeds, before anything is computed. @throws LabError `config-invalid` as {@link claimForRun} */
export async function claimForSeeds(out: string): Promise<void> {
  await requireWritable(out);
  const earlier = await readRunFolder(out);
  if (earlier) throw taken(out, `the results of the run ${earlier.record.id}`, 'Name another folder.');
}

async function requireWritable(out: string): Promise<void> {
  await makeOutputFolder(out);
  try {
    await access(out, constants.W_OK);
  } catch (cause) {
    throw new LabError({
      code: 'config-invalid',
      message: `${out} cannot be written to.`,
      hint: 'Name another folder with --out, or allow writing to this one.',
      details: { path: out },
      cause,
    });
  }
}

function taken(out: string, what: string, hint: string): LabError {
  return new LabError({
    code: 'config-invalid',
    message: `${out} holds ${what}.`,
    hint,
    details: { path: out },
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
