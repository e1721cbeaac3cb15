import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { listZip } from './listZip';

it('cuts names that lead out of a folder to what lies inside', async () => {
  const names = ['../../etc/a.txt', '/root/b.txt', 'C:\\c\\..\\c.txt', './d//d.txt'];
  const zip = zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])));
  expect((await listZip(new Blob([zip]), 'a.zip')).map(({ path }) => path).sort()).toEqual([
    'a.zip/c/c.txt',
    'a.zip/d/d.txt',
    'a.zip/etc/a.txt',
    'a.zip/root/b.txt',
  ]);
});
