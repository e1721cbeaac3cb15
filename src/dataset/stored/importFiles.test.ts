import { strToU8, zipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../artifacts/fileStore';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { createJobControl, createSilentContext } from '../../foundation/createJobControl';
import { fakeDecode, fakeFile, fakeSet, fakeTable, imageJoin } from '../../testing/dataset/fakeFiles';
import { testMapping } from '../../testing/dataset/testRecords';
import type { GivenFile } from '../files/sourceFile';
import type { DatasetMapping } from '../mapping/datasetMapping';
import { defaultSplitSettings } from '../split/splitSettings';
import type { JoinPlan } from '../tables/joinPlan';
import { importFiles } from './importFiles';
import { listDatasets } from './listDatasets';
import { openDataset } from './openDataset';

const header = 'image,dx,sex';
const { rows, images } = fakeSet(40);

let store: FileStore;
beforeEach(() => {
  store = createMemoryFileStore();
});

function run(
  files: GivenFile[],
  mapping: Partial<DatasetMapping> = {},
  split = defaultSplitSettings,
  join: Partial<JoinPlan> = {},
) {
  return importFiles(
    {
      name: 'set',
      files,
      join: { ...imageJoin, ...join },
      mapping: { ...testMapping, ...mapping },
      imageSize: 4,
      split,
    },
    { store, decodeImage: fakeDecode, decoder: 'fake' },
    createSilentContext(),
  );
}

/** Index of a sample by its name. */
function at(names: string[], name: string): number {
  return names.indexOf(name);
}

describe('importing a folder', () => {
  it('stores each image with the label and group of its row', async () => {
    const manifest = await run([fakeTable(header, rows), ...images]);
    expect(manifest).toMatchObject({
      name: 'set',
      imageSize: 4,
      classNames: ['mel', 'nv'],
      groupNames: ['female', 'male'],
      sensitiveAttribute: 'sex',
      findings: [],
    });
    const { names, labels, groups, splits, clusters } = manifest.samples;
    expect(names).toHaveLength(40);
    expect([labels[at(names, 'img5')], groups[at(names, 'img5')]]).toEqual([1, 0]);
    expect([labels[at(names, 'img6')], groups[at(names, 'img6')]]).toEqual([0, 1]);
    expect([0, 1, 2].map((code) => splits.filter((split) => split === code).length)).toEqual([24, 8, 8]);
    expect(clusters).toBeNull();
    const dataset = await openDataset(store, manifest.id);
    expect(dataset.readPixels([at(names, 'img7')])[0]).toBe(65 + 7);
  });

  it('matches names whatever their case, folder and extension', async () => {
    const mixed = rows.map((row, i) => row.replace(`img${i}`, i % 2 ? `IMG${i}.JPG` : `somewhere/img${i}.png`));
    expect((await run([fakeTable(header, mixed), ...images])).samples.names).toHaveLength(40);
  });

  it('reads a byte order mark, CRLF, quotes and the row numbers of pandas', async () => {
    const dressed = rows.map((row, i) => `${i},"${row.split(',')[0]}",${row.split(',').slice(1).join(',')}`);
    const text = `\uFEFF,${header}\r\n${dressed.join('\r\n')}\r\n`;
    expect((await run([fakeFile('labels.csv', text), ...images])).samples.names).toHaveLength(40);
  });

  it('honours a split column', async () => {
    const marked = rows.map((row, i) => `${row},${i < 20 ? 'train' : i < 30 ? 'val' : 'TEST'}`);
    const { samples } = await run([fakeTable(`${header},split`, marked), ...images], {
      givenSplit: { column: 'split', values: { train: 'train', val: 'validation', TEST: 'test' } },
    });
    expect(samples.splits).toEqual(samples.names.map((_, i) => (i < 20 ? 0 : i < 30 ? 1 : 2)));
  });

  it('keeps a patient together, and takes a row without one as a patient of its own', async () => {
    const withPatient = rows.map((row, i) => `${row},${i === 39 ? '' : `p${Math.floor(i / 3)}`}`);
    const { samples } = await run([fakeTable(`${header},patient`, withPatient), ...images], {
      clusterColumn: 'patient',
    });
    const parts = new Map<string, Set<number>>();
    for (const [i, cluster] of samples.clusters!.entries()) {
      parts.set(cluster, (parts.get(cluster) ?? new Set()).add(samples.splits[i]!));
    }
    expect(parts.size).toBe(14);
    expect([...parts.values()].every(({ size }) => size === 1)).toBe(true);
  });
});

describe('what cannot be used is left out and named', () => {
  it('counts missing labels and groups, unmapped values, and what has no other half', async () => {
    const odd = ['img0,mel,unknown', 'img1,NA,female', 'img2,mel,diverse', 'gone,mel,female', ...rows.slice(3, 39)];
    const { samples, findings } = await run([fakeTable(header, odd), ...images]);
    expect(samples.names).toHaveLength(36);
    const byKind = Object.fromEntries(findings.map(({ kind, count, examples }) => [kind, [count, examples]]));
    expect(byKind).toEqual({
      'group-missing': [1, ['img0']],
      'label-missing': [1, ['img1']],
      'value-not-mapped': [1, ['img2']],
      'row-without-image': [1, ['row 5: gone']],
      'image-without-row': [1, ['photos/img39.jpg']],
    });
  });

  it('names the row of the file where blank rows are between, and leaves out a row that an unquoted comma shifts', async () => {
    const odd = ['', 'img0,NA,female', 'img1,mel, in situ,female', 'img2,mel', ...rows.slice(3)];
    const { samples, findings } = await run([fakeTable(header, odd), ...images]);
    expect(samples.names).toHaveLength(37);
    expect(findings).toEqual([
      {
        kind: 'uneven-row',
        message:
          '2 rows with more or fewer cells than the header, left out. A cell that holds a separator needs quotation marks.',
        count: 2,
        examples: ['row 4: 4 cells, the header has 3', 'row 5: 2 cells, the header has 3'],
      },
      expect.objectContaining({ kind: 'image-without-row', count: 2 }),
      { kind: 'label-missing', message: '1 image without a label, left out.', count: 1, examples: ['img0'] },
    ]);
  });

  it('keeps the rest when some images are broken, and says why', async () => {
    const broken = images.map((file, i) => (i === 3 ? fakeFile(file.path, '!') : file));
    const manifest = await run([fakeTable(header, rows), ...broken]);
    expect(manifest.samples.names).toHaveLength(39);
    expect(manifest.findings).toEqual([
      {
        kind: 'image-unreadable',
        message: '1 image could not be read and left out.',
        count: 1,
        examples: ['photos/img3.jpg: broken on purpose'],
      },
    ]);
    const dataset = await openDataset(store, manifest.id);
    expect(dataset.readPixels([at(manifest.samples.names, 'img4')])[0]).toBe(65 + 4);
  });

  it('never guesses between two images with one name', async () => {
    const twin = fakeFile('other/IMG0.png', 'x');
    const { samples, findings } = await run([fakeTable(header, rows), ...images, twin]);
    expect(samples.names).not.toContain('img0');
    expect(findings.map(({ kind, count, examples }) => [kind, count, examples])).toEqual([
      ['row-without-image', 1, ['row 2: img0 (could be photos/img0.jpg or other/IMG0.png)']],
      ['duplicate-image-name', 2, ['photos/img0.jpg', 'other/IMG0.png']],
    ]);
  });

  it('follows a row that names the folder of one of two images with one name', async () => {
    const twin = fakeFile('other/img0.png', 'x');
    const named = rows.map((row, i) => (i === 0 ? `photos/${row}` : row));
    const manifest = await run([fakeTable(header, named), ...images, twin]);
    const dataset = await openDataset(store, manifest.id);
    expect(dataset.readPixels([at(manifest.samples.names, 'img0')])[0]).toBe(65);
    expect(manifest.findings.map(({ kind }) => kind)).toEqual(['duplicate-image-name']);
  });

  it('takes the first of rows that agree and none of rows that differ', async () => {
    const doubled = [...rows, rows[0]!, 'img1,mel,male'];
    const { samples, findings } = await run([fakeTable(header, doubled), ...images]);
    expect(samples.names).toHaveLength(39);
    expect(samples.names).not.toContain('img1');
    expect(findings.map(({ kind, count, examples }) => [kind, count, examples])).toEqual([
      ['duplicate-row', 2, ['row 42: img0', 'row 43: img1']],
      ['rows-differ', 1, ['img1']],
    ]);
  });

  it('names combinations of class and group with fewer than five images', async () => {
    const rare = rows.map((row, i) => (i < 3 ? row.replace(/,(mel|nv),/, ',df,') : row));
    const { findings } = await run([fakeTable(header, rare), ...images]);
    expect(findings).toEqual([
      expect.objectContaining({ kind: 'small-cell', count: 2, examples: ['df, female: 2', 'df, male: 1'] }),
    ]);
  });
});

describe('importing a zip', () => {
  const archive = zipSync({
    'set/labels.csv': strToU8([header, ...rows].join('\n')),
    'set/photos': Object.fromEntries(rows.map((_, i) => [`img${i}.jpg`, strToU8(String.fromCharCode(65 + i))])),
    '__MACOSX/._img0.jpg': strToU8('junk'),
  });

  it('reads tables and images in nested folders', async () => {
    const manifest = await run([fakeFile('all.zip', archive)], {}, defaultSplitSettings, {
      table: 'all.zip/set/labels.csv',
    });
    expect(manifest.samples.names).toHaveLength(40);
    expect(manifest.findings).toEqual([
      expect.objectContaining({ kind: 'tool-file', count: 1, examples: ['all.zip/__MACOSX/._img0.jpg'] }),
    ]);
    const dataset = await openDataset(store, manifest.id);
    expect(dataset.readPixels([at(manifest.samples.names, 'img7')])[0]).toBe(65 + 7);
  });

  it('refuses one that is cut off, and one that is none', async () => {
    const cut = fakeFile('all.zip', archive.slice(0, archive.length - 60));
    await expect(run([cut])).rejects.toMatchObject({ code: 'zip-unreadable', details: { file: 'all.zip' } });
    await expect(run([fakeFile('all.zip', 'not a zip')])).rejects.toMatchObject({ code: 'zip-unreadable' });
  });
});

describe('refusals name what is wrong', () => {
  it.each<[string, GivenFile[], Partial<DatasetMapping>, object]>([
    ['no images', [fakeTable(header, rows)], {}, { code: 'no-images-found' }],
    ['no table', images, {}, { code: 'no-table-found' }],
    [
      'another table',
      [fakeTable(header, rows, 'other.csv'), ...images],
      {},
      { code: 'no-table-found', message: expect.stringContaining('other.csv') },
    ],
    [
      'a column that is not there',
      [fakeTable(header, rows), ...images],
      { label: { ...testMapping.label, columns: ['diagnosis'] } },
      {
        code: 'column-missing',
        message: 'There is no column "diagnosis". There is: image, dx, sex.',
        details: { column: 'diagnosis', columns: 'image, dx, sex' },
      },
    ],
    [
      'group values that no row has',
      [fakeTable(header, rows), ...images],
      { group: { ...testMapping.group, rule: { kind: 'values', group0: ['F'], group1: ['male'] } } },
      { code: 'group-too-small', message: expect.stringContaining('Group 0 (female) has 0 images') },
    ],
    [
      'a value for both groups',
      [fakeTable(header, rows), ...images],
      { group: { ...testMapping.group, rule: { kind: 'values', group0: ['female', 'male'], group1: ['male'] } } },
      { code: 'value-not-mapped' },
    ],
    [
      'one class only',
      [
        fakeTable(
          header,
          rows.map((row) => row.replace(',nv,', ',mel,')),
        ),
        ...images,
      ],
      {},
      { code: 'too-few-classes', message: expect.stringContaining('"mel"') },
    ],
    [
      'no row that matches',
      [
        fakeTable(
          header,
          rows.map((row) => `x${row}`),
        ),
        ...images,
      ],
      {},
      { code: 'too-few-classes' },
    ],
    [
      'a group too small to be in every part',
      [
        fakeTable(
          header,
          rows.map((row, i) => (i < 36 ? row.replace(',male', ',female') : row)),
        ),
        ...images,
      ],
      {},
      { code: 'group-too-small', details: { group: 1, name: 'male', split: 'validation', count: 0 } },
    ],
    [
      'only broken images',
      [fakeTable(header, rows), ...images.map(({ path }) => fakeFile(path, '!'))],
      {},
      { code: 'image-unreadable', message: expect.stringContaining('broken on purpose') },
    ],
  ])('%s', async (_, files, mapping, expected) => {
    await expect(run(files, mapping)).rejects.toMatchObject(expected);
    expect(await store.list('datasets')).toEqual([]);
  });
});

describe('importing again, or not to the end', () => {
  it('recognises the same files without decoding them', async () => {
    const files = [fakeTable(header, rows), ...images];
    const first = await run(files);
    const again = await importFiles(
      { name: 'other name', files, join: imageJoin, mapping: testMapping, imageSize: 4, split: defaultSplitSettings },
      { store, decodeImage: () => Promise.reject(new Error('must not be called')), decoder: 'fake' },
      createSilentContext(),
    );
    expect(again).toEqual(first);
  });

  it('sees that one image has changed, that the split has, and that the size has', async () => {
    const files = [fakeTable(header, rows), ...images];
    const changed = images.map((file, i) => (i === 9 ? fakeFile(file.path, 'z') : file));
    const ids = [
      await run(files),
      await run([files[0]!, ...changed]),
      await run(files, {}, { ...defaultSplitSettings, seed: 2 }),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const many = fakeSet(80);
    const control = createJobControl('import', () => undefined);
    let decoded = 0;
    const pending = importFiles(
      {
        name: 'set',
        files: [fakeTable(header, many.rows), ...many.images],
        join: imageJoin,
        mapping: testMapping,
        imageSize: 4,
        split: defaultSplitSettings,
      },
      {
        store,
        decoder: 'fake',
        async decodeImage(blob, size) {
          if (++decoded === 40) control.cancel();
          await new Promise((resolve) => setTimeout(resolve, 20));
          return fakeDecode(blob, size);
        },
      },
      control.context,
    );
    await expect(pending).rejects.toMatchObject({ code: 'cancelled' });
    expect(decoded).toBeLessThan(80);
    expect(await store.list('datasets')).toEqual([]);
    expect((await listDatasets(store)).datasets).toEqual([]);
    expect(await store.list('imagesets')).toEqual([]);
  });

  it('decodes at most eight images at a time', async () => {
    let now = 0;
    let most = 0;
    await importFiles(
      {
        name: 'set',
        files: [fakeTable(header, rows), ...images],
        join: imageJoin,
        mapping: testMapping,
        imageSize: 4,
        split: defaultSplitSettings,
      },
      {
        store,
        decoder: 'fake',
        async decodeImage(blob, size) {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setTimeout(resolve, 1));
          now--;
          return fakeDecode(blob, size);
        },
      },
      createSilentContext(),
    );
    expect(most).toBe(8);
  });
});
