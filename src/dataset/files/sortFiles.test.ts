import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fakeFile } from '../../testing/dataset/fakeFiles';
import { sortFiles } from './sortFiles';

const paths = (sources: { path: string }[]) => sources.map(({ path }) => path);

describe('sortFiles', () => {
  it('puts every file into one list, what operating systems leave and nested archives too', async () => {
    const inner = zipSync({ 'part1/b.PNG': strToU8('b'), '__MACOSX/._b.PNG': strToU8('junk') });
    const zip = zipSync({ 'set/a.jpg': strToU8('a'), 'set/meta.tsv': strToU8('x'), 'set/part1.zip': inner });
    const { images, tables, texts, ignored } = await sortFiles([
      fakeFile('all.zip', zip),
      fakeFile('labels.csv', 'x'),
      fakeFile('Thumbs.db', 'x'),
      fakeFile('notes.txt', 'x'),
    ]);
    expect(paths(images)).toEqual(['all.zip/set/a.jpg', 'all.zip/set/part1.zip/part1/b.PNG']);
    expect(await (await images[1]!.read()).text()).toBe('b');
    expect(paths(tables)).toEqual(['all.zip/set/meta.tsv', 'labels.csv']);
    expect(ignored).toEqual(['all.zip/set/part1.zip/__MACOSX/._b.PNG', 'Thumbs.db']);
    expect(paths(texts)).toEqual(['notes.txt']);
  });

  it('does not follow archives in archives without end', async () => {
    const deep = ['c', 'b', 'a'].reduce((inner, name) => zipSync({ [`${name}.zip`]: inner }), zipSync({}));
    expect((await sortFiles([fakeFile('top.zip', deep)])).ignored).toEqual(['top.zip/a.zip/b.zip']);
  });
});
