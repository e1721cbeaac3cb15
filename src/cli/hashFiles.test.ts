import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashFiles } from './hashFiles';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-hash-'));
  await mkdir(join(folder, 'net', 'variables'), { recursive: true });
  await writeFile(join(folder, 'net', 'model.json'), 'abc');
  await writeFile(join(folder, 'net', 'variables', 'a.bin'), '');
});
afterEach(() => rm(folder, { recursive: true }));

// SHA-256 of "abc" and of nothing, from FIPS 180-2 and NIST's example files.
const ofAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const ofNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

it('a folder stands for all files in it, with names as in the folder', async () => {
  expect(await hashFiles([join(folder, 'net')])).toEqual([
    { name: 'model.json', sha256: ofAbc },
    { name: join('variables', 'a.bin'), sha256: ofNothing },
  ]);
});

it('files have their names alone, in order', async () => {
  const files = [join(folder, 'net', 'variables', 'a.bin'), join(folder, 'net', 'model.json')];
  expect(await hashFiles(files)).toEqual([
    { name: 'a.bin', sha256: ofNothing },
    { name: 'model.json', sha256: ofAbc },
  ]);
});

it('a file that is not there is named', async () => {
  await expect(hashFiles([join(folder, 'none')])).rejects.toMatchObject({ code: 'config-invalid' });
});
