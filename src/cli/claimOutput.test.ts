import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeRecord } from '../app/testing/fakeData';
import { formatRunRecord } from '../recipe/parseRunRecord';
import { claimForRun, claimForSeeds } from './claimOutput';

let out: string;
beforeEach(async () => {
  out = join(await mkdtemp(join(tmpdir(), 'claim-output-')), 'deep', 'out');
});
afterEach(() => rm(join(out, '..', '..'), { recursive: true }));

const holdRun = async (status: 'finished' | 'cancelled') => {
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'run.json'), formatRunRecord({ ...fakeRecord(undefined, 1), status }));
};

it('a new folder is made and free, for a run and for seeds', async () => {
  expect(await claimForRun(out, { resume: false })).toBeNull();
  expect(await claimForRun(out, { resume: true })).toBeNull();
  await claimForSeeds(out);
});

it('a folder with a run is refused by the run’s id; an interrupted one can be gone on with', async () => {
  const { id } = fakeRecord(undefined, 1);
  await holdRun('cancelled');
  await expect(claimForRun(out, { resume: false })).rejects.toMatchObject({
    code: 'config-invalid',
    message: `${out} holds the results of the run ${id} (cancelled).`,
    hint: 'Name another folder, or go on with that run by --resume.',
  });
  expect(await claimForRun(out, { resume: true })).toMatchObject({ folder: out, record: { id } });
  await holdRun('finished');
  await expect(claimForRun(out, { resume: false })).rejects.toMatchObject({ hint: 'Name another folder.' });
  await expect(claimForSeeds(out)).rejects.toMatchObject({ code: 'config-invalid' });
});

it('a folder of several seeds takes no single run', async () => {
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'seeds-settings.json'), '{}');
  await claimForSeeds(out);
  await expect(claimForRun(out, { resume: true })).rejects.toMatchObject({ code: 'config-invalid' });
});

it('a file is no folder for results', async () => {
  await mkdir(join(out, '..'), { recursive: true });
  await writeFile(out, '');
  await expect(claimForRun(out, { resume: false })).rejects.toMatchObject({ code: 'config-invalid' });
});
