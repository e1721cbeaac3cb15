import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isFolder, listInput, readInput } from './readInput';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-input-'));
  await writeFile(join(folder, 'a.csv'), 'label\n');
});
afterAll(() => rm(folder, { recursive: true }));

it('gives a file’s text, a folder’s names, and which of the two a path is', async () => {
  expect(await readInput(join(folder, 'a.csv'))).toBe('label\n');
  expect(await listInput(folder)).toEqual(['a.csv']);
  expect(await isFolder(folder)).toBe(true);
  expect(await isFolder(join(folder, 'a.csv'))).toBe(false);
});

it.each([
  ['reading a file that is not there', () => readInput(join(folder, 'none.csv'))],
  ['reading a folder as a file', () => readInput(folder)],
  ['listing a folder that is not there', () => listInput(join(folder, 'none'))],
  ['listing a file', () => listInput(join(folder, 'a.csv'))],
  ['choosing a path that is not there', () => isFolder(join(folder, 'none'))],
])('%s is wrong usage, with the path', async (_, read) => {
  await expect(read()).rejects.toMatchObject({
    code: 'config-invalid',
    message: expect.stringContaining(folder),
    hint: expect.stringContaining('path'),
  });
});
