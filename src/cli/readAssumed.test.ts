import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAssumed } from './readAssumed';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-assume-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('reads answers by key, with the signs that spellings are written with, or confirms the usual ones', async () => {
  expect(await readAssumed('class:a=class=b; spelling:sex=female=F|w, male=M')).toEqual({
    'class:a': 'class=b',
    'spelling:sex': 'female=F|w, male=M',
  });
  expect(await readAssumed('usual')).toBe('usual');
  expect(await readAssumed(undefined)).toBeUndefined();
});

it('reads a file of answers, and refuses one that holds something else by name', async () => {
  const [good, bad] = [join(folder, 'good.json'), join(folder, 'bad.json')];
  await writeFile(good, '{"class:a;b": "accept"}');
  await writeFile(bad, '{"class:a": 1}');
  expect(await readAssumed(good)).toEqual({ 'class:a;b': 'accept' });
  await expect(readAssumed(bad)).rejects.toMatchObject({ code: 'config-invalid', details: { file: bad } });
  await expect(readAssumed(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'config-invalid' });
});
