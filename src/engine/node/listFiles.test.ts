import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listFiles } from './listFiles';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'list-files-'));
  await mkdir(join(folder, 'deep', 'er'), { recursive: true });
  await writeFile(join(folder, 'labels.csv'), 'image,dx');
  await writeFile(join(folder, 'deep', 'er', 'a.png'), Uint8Array.of(1, 2, 3));
});
afterEach(() => rm(folder, { recursive: true }));

it('gives the files of a folder with their paths in it, as a page gets them, and reads them when asked', async () => {
  await symlink(join(folder, 'labels.csv'), join(folder, 'linked.csv'));
  const files = await listFiles([folder]);
  const name = basename(folder);
  expect(files.map(({ path }) => path).sort()).toEqual([
    `${name}/deep/er/a.png`,
    `${name}/labels.csv`,
    `${name}/linked.csv`,
  ]);
  const image = files.find(({ path }) => path.endsWith('a.png'))!;
  expect(image.file.size).toBe(3);
  expect(image.file.name).toBe('a.png');
  expect([...new Uint8Array(await image.file.slice(1).arrayBuffer())]).toEqual([2, 3]);
});

it('gives a file that is named by its name alone', async () => {
  const [file] = await listFiles([join(folder, 'labels.csv')]);
  expect(file!.path).toBe('labels.csv');
  expect(await file!.file.text()).toBe('image,dx');
});
