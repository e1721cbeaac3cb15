import { expect, it, vi } from 'vitest';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import type { GivenFile } from '../dataset/files/sourceFile';
import { defaultSplitSettings } from '../dataset/split/splitSettings';
import { type FileRecords, importFiles } from '../dataset/stored/importFiles';
import { inspectFiles } from '../dataset/suggest/inspectFiles';
import { createSilentContext } from '../foundation/createJobControl';
import { fakeDecode, fakeFile, fakeSet, fakeTable, imageJoin } from '../testing/dataset/fakeFiles';
import { testMapping } from '../testing/dataset/testRecords';
import { createRecordCache } from './recordCache';

const rows = ['image,dx,sex', 'a,mel,f', 'b,nv,m', 'c,mel,m', 'd,nv,f'];

function given(table = rows.join('\n'), lastModified = 1): GivenFile[] {
  const file = (path: string, content: string): GivenFile => ({
    path,
    file: new File([content], path, { lastModified }),
  });
  return [file('labels.csv', table), ...['a', 'b', 'c', 'd'].map((name) => file(`${name}.jpg`, name))];
}

/** A cache that has seen the files, and how often a table's content is read from then on. */
async function inspected(files: GivenFile[]) {
  const cache = createRecordCache(createMemoryFileStore());
  const inspection = await inspectFiles(files, createSilentContext());
  await cache.rememberFiles(files, inspection);
  return { cache, join: inspection.summary.suggestion!.join };
}

it('hands on what was read and joined of the very same files', async () => {
  const { cache, join } = await inspected(given());
  const parse = vi.spyOn(TextDecoder.prototype, 'decode');
  const found = await cache.recordsOfFiles(given(), join);
  expect(found?.records.names).toEqual(['a', 'b', 'c', 'd']);
  expect(found?.images).toHaveLength(4);
  // The records of the suggested join are those of the preview.
  expect(found?.records).toBe(await cache.recordsOf({ kind: 'inspected', join }));
  expect(parse).not.toHaveBeenCalled();
  parse.mockRestore();
});

it('gives the import what it would have read itself, with what was noticed on reading named once', async () => {
  const { rows: setRows, images } = fakeSet(40);
  const files = [fakeTable('image,dx,sex', setRows), fakeFile('bad.csv', 'image,dx\n"a,b\n'), ...images];
  const { cache } = await inspected(files);
  const imported = (known: FileRecords | null) =>
    importFiles(
      { name: 'set', files, join: imageJoin, mapping: testMapping, imageSize: 4, split: defaultSplitSettings },
      { store: createMemoryFileStore(), decodeImage: fakeDecode, decoder: 'fake' },
      createSilentContext(),
      known,
    );
  const manifest = await imported(await cache.recordsOfFiles(files, imageJoin));
  expect(manifest.findings.map(({ kind, count }) => [kind, count])).toEqual([['table-unreadable', 1]]);
  expect({ ...manifest, createdAt: '' }).toEqual({ ...(await imported(null)), createdAt: '' });
});

it('joins anew where another join is asked for, from the tables that were read', async () => {
  const { cache, join } = await inspected(given());
  const found = await cache.recordsOfFiles(given(), { ...join, imageColumns: ['image', 'dx'] });
  expect(found?.records.join.imageColumns).toEqual(['image', 'dx']);
});

it.each([
  ['whose table has another content of the same length', given(rows.join('\n').replace('mel', 'bcc'))],
  ['that were changed at another time', given(rows.join('\n'), 2)],
  ['that are fewer', given().slice(0, 4)],
])('knows nothing of files %s', async (_, others) => {
  const { cache, join } = await inspected(given());
  expect(await cache.recordsOfFiles(others, join)).toBeNull();
});
