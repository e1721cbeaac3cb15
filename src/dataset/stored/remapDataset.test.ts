import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../artifacts/fileStore';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { createSilentContext } from '../../foundation/createJobControl';
import { datasetId } from '../../foundation/ids';
import { fakeDecode, fakeFile, fakeSet, fakeTable, imageJoin } from '../../testing/dataset/fakeFiles';
import { testMapping } from '../../testing/dataset/testRecords';
import type { GivenFile } from '../files/sourceFile';
import type { DatasetMapping } from '../mapping/datasetMapping';
import { defaultSplitSettings } from '../split/splitSettings';
import { importFiles } from './importFiles';
import { listDatasets } from './listDatasets';
import { openDataset } from './openDataset';
import { readRecords, remapDataset } from './remapDataset';

const header = 'image,dx,sex';
const { rows, images } = fakeSet(40);

let store: FileStore;
beforeEach(() => {
  store = createMemoryFileStore();
});

function run(files: GivenFile[], mapping: Partial<DatasetMapping> = {}) {
  const params = { join: imageJoin, mapping: { ...testMapping, ...mapping }, split: defaultSplitSettings };
  const host = { store, decodeImage: fakeDecode, decoder: 'fake' };
  return importFiles({ name: 'set', files, imageSize: 4, ...params }, host, createSilentContext());
}

function at(names: string[], name: string): number {
  return names.indexOf(name);
}

describe('mapping stored images anew', () => {
  const more = rows.map((row, i) => `${row},${i % 3 ? 'arm' : 'leg'},${i}`);
  const files = [fakeTable(`${header},site,age`, more), fakeFile('photos/extra.jpg', 'x'), ...images];

  it('gives another dataset over the same images, without decoding, and keeps the first', async () => {
    const first = await run(files);
    const second = await remapDataset(store, {
      datasetId: first.id,
      name: 'by age',
      mapping: {
        ...testMapping,
        label: { columns: ['site'], merge: {}, minClassSize: 1 },
        group: {
          column: 'age',
          rule: { kind: 'cut', from: 20, above: 0 },
          names: ['old', 'young'],
          missing: 'exclude',
        },
      },
      split: { ...defaultSplitSettings, seed: 5 },
    });
    expect(second).toMatchObject({ name: 'by age', classNames: ['arm', 'leg'], groupNames: ['old', 'young'] });
    expect(second.imageSetId).toBe(first.imageSetId);
    const { names, groups } = second.samples;
    expect(groups[at(names, 'img19')]).toBe(1);
    expect(groups[at(names, 'img20')]).toBe(0);
    const dataset = await openDataset(store, second.id);
    expect(dataset.readPixels([at(names, 'img7')])[0]).toBe(65 + 7);
    expect((await listDatasets(store)).datasets.map(({ name }) => name).sort()).toEqual(['by age', 'set']);
  });

  it('keeps the mapping, its tallies and every column with the dataset', async () => {
    const manifest = await run(files);
    expect(manifest.mapping).toEqual({
      join: imageJoin,
      mapping: testMapping,
      split: defaultSplitSettings,
      rows: { total: 40, used: 40, leftOut: [] },
      images: { total: 41, used: 40, leftOut: [{ kind: 'image-without-row', count: 1 }] },
      unknownGroupCount: 0,
    });
    expect((await readRecords(store, manifest.id)).columns.map(({ name }) => name)).toEqual([
      'image',
      'dx',
      'sex',
      'site',
      'age',
    ]);
  });

  it('decodes images that the mapping leaves out, so that a later one can take them in', async () => {
    const numbers = (from: number) => Array.from({ length: 12 }, (_, i) => String(from + i));
    const rule = { kind: 'values' as const, group0: numbers(0), group1: numbers(12) };
    const { id, mapping } = await run(files, { group: { ...testMapping.group, column: 'age', rule } });
    expect(mapping?.images.used).toBe(24);
    const all = { datasetId: id, name: 'all', mapping: testMapping, split: defaultSplitSettings };
    expect((await remapDataset(store, all)).samples.names).toHaveLength(40);
  });

  it('a dataset without records is refused by name', async () => {
    await expect(readRecords(store, datasetId('none'))).rejects.toMatchObject({ code: 'dataset-not-found' });
  });
});
