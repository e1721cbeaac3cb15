import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { fakeFile, fakeSet, fakeTable } from '../../testing/dataset/fakeFiles';
import type { GivenFile } from '../files/sourceFile';
import { inspectFiles } from './inspectFiles';

const { rows, images } = fakeSet(8);

function inspect(...files: GivenFile[]) {
  return inspectFiles(files, createSilentContext()).then(({ summary }) => summary);
}

describe('inspectFiles', () => {
  it('counts images, tables with their columns, and the rest', async () => {
    const summary = await inspect(
      fakeTable('image,dx,sex', [...rows, 'img9,UNK,']),
      fakeFile('readme.txt', 'hello'),
      fakeFile('.DS_Store', ''),
      ...images,
    );
    expect(summary.imageCount).toBe(8);
    expect(summary.imageExamples).toEqual([0, 1, 2, 3, 4].map((i) => `photos/img${i}.jpg`));
    expect([...summary.ignoredFiles].sort()).toEqual(['.DS_Store', 'readme.txt']);
    expect(summary.tables).toEqual([
      {
        file: 'labels.csv',
        rowCount: 9,
        columns: [
          expect.objectContaining({ name: 'image', distinctCount: 9, missingCount: 0 }),
          {
            name: 'dx',
            distinctCount: 2,
            missingCount: 1,
            values: [
              { value: 'mel', count: 4 },
              { value: 'nv', count: 4 },
            ],
            range: null,
          },
          {
            name: 'sex',
            distinctCount: 2,
            missingCount: 1,
            values: [
              { value: 'female', count: 4 },
              { value: 'male', count: 4 },
            ],
            range: null,
          },
        ],
      },
    ]);
  });

  it('suggests nothing without a table', async () => {
    expect((await inspect(...images)).suggestion).toBeNull();
  });

  it('names the file and row of a table with unmatched quotes', async () => {
    await expect(inspect(fakeFile('bad.csv', 'image,dx\n"a,b\n'))).rejects.toMatchObject({
      code: 'table-unreadable',
      details: { file: 'bad.csv' },
    });
  });

  it('names an empty table, and goes on with the others when there are some', async () => {
    await expect(inspect(fakeFile('empty.csv', ''))).rejects.toMatchObject({ code: 'table-unreadable' });
    const summary = await inspect(fakeFile('empty.csv', ''), fakeTable('image,dx,sex', rows), ...images);
    expect(summary.tables.map(({ file }) => file)).toEqual(['labels.csv']);
    expect(summary.findings).toEqual([
      expect.objectContaining({
        kind: 'table-unreadable',
        examples: ['empty.csv: empty.csv cannot be read as a table: it has no rows under its header.'],
      }),
    ]);
  });

  it('says of a table of predictions without images that the audit takes it', async () => {
    const summary = await inspect(fakeFile('predictions.csv', 'label,score,race\na,1,x\nb,0,y\n'));
    expect(summary).toMatchObject({ imageCount: 0, predictionTables: ['predictions.csv'] });
    expect((await inspect(fakeTable('image,label,score', ['img0,a,1']), ...images)).predictionTables).toEqual([]);
  });
});

describe('the suggested mapping', () => {
  it('finds image, label, group, cut and a split that a column gives', async () => {
    const lines = rows.map(
      (_, i) => `${i},img${i},${i % 2 ? 'a' : 'b'},FST${(i % 6) + 1},${i < 5 ? 'train' : 'test'},p${i >> 1}`,
    );
    const { suggestion, format } = await inspect(
      fakeTable(',picture,diagnosis,skin_type,split,patient', lines),
      ...images,
    );
    expect(format).toBeNull();
    expect(suggestion).toEqual({
      join: { table: 'labels.csv', imageColumns: ['picture'], joins: [] },
      mapping: {
        version: 1,
        format: null,
        label: { columns: ['diagnosis'], merge: {}, minClassSize: 1 },
        group: {
          column: 'skin_type',
          rule: { kind: 'values', group0: ['FST4', 'FST5', 'FST6'], group1: ['FST1', 'FST2', 'FST3'] },
          names: ['FST4, FST5, FST6', 'FST1, FST2, FST3'],
          missing: 'exclude',
        },
        clusterColumn: 'patient',
        givenSplit: { column: 'split', values: { train: 'train', test: 'test' } },
        lookAlikes: { oneSplit: true, copies: 'keep', conflicts: 'keep' },
      },
    });
  });

  it('leaves a column that nothing speaks for to the user', async () => {
    const lines = rows.map((_, i) => `img${i}.jpg,${i % 2 ? 'bag' : 'shoe'},${i % 3 ? 'A' : 'B'}`);
    const { suggestion } = await inspect(fakeTable('file,garment,camera', lines), ...images);
    expect(suggestion?.join.imageColumns).toEqual(['file']);
    expect(suggestion?.mapping).toMatchObject({
      label: { columns: ['garment'] },
      group: { column: '', rule: { kind: 'values', group0: [], group1: [] } },
    });
  });

  it('suggests no label that is the same for all images that were given, and knows finding and outcome for labels', async () => {
    const others = Array.from({ length: 8 }, (_, i) => `other${i},x${i % 2},site${i % 2},b`);
    const lines = rows.map((_, i) => `img${i},only,site${i % 3},${i % 2 ? 'a' : 'b'}`);
    const table = fakeTable('image,diagnosis,place,finding', [...lines, ...others]);
    expect((await inspect(table, ...images)).suggestion?.mapping.label.columns).toEqual(['finding']);
  });

  it('knows tables by their content, refuses those of other programs by name, and counts files of tools', async () => {
    const summary = await inspect(
      fakeFile('labels', 'image;dx\nimg0;a\nimg1;b\nimg2;a\n'),
      fakeFile('more.xlsx', 'PK\u0003\u0004\u0000xl/workbook.xml'),
      fakeFile('README', 'Some words, and more of them.\nThey make no table.\n'),
      fakeFile('.ipynb_checkpoints/img0-checkpoint.jpg', 'x'),
      fakeFile('scan.tif', 'x'),
      ...images,
    );
    expect(summary.tables.map(({ file }) => file)).toContain('labels');
    expect([...summary.ignoredFiles].sort()).toEqual(['.ipynb_checkpoints/img0-checkpoint.jpg', 'README']);
    expect(summary.findings.map(({ kind, examples }) => [kind, examples[0]])).toEqual([
      ['table-unreadable', expect.stringContaining('it is an Excel workbook (.xlsx)')],
      ['tool-file', '.ipynb_checkpoints/img0-checkpoint.jpg'],
      ['image-kind-unread', 'scan.tif'],
    ]);
  });

  it('takes the table whose rows name the images', async () => {
    const other = fakeTable('image,label,sex', ['q1,a,male', 'q2,b,female'], 'a-other.csv');
    const { suggestion } = await inspect(other, fakeTable('image,dx,sex', rows), ...images);
    expect(suggestion?.join).toEqual({ table: 'labels.csv', imageColumns: ['image'], joins: [] });
  });
});

describe('the counts of a known set', () => {
  const header = 'image,age_approx,anatom_site_general,lesion_id,sex';
  /** Rows of ISIC 2019 with so many of each sex, and 437 ages blank. */
  const isic = (male: number, female: number) =>
    Array.from({ length: 25_331 }, (_, i) => {
      const sex = i < male ? 'male' : i < male + female ? 'female' : '';
      return `I${i},${i < 437 ? '' : '50'},,L${i},${sex}`;
    });

  it('are compared, and exchanged ones said to be', async () => {
    expect((await inspect(fakeTable(header, isic(13_286, 11_661)))).findings).toEqual([]);
    expect((await inspect(fakeTable(header, isic(11_661, 13_286)))).findings).toEqual([
      expect.objectContaining({
        kind: 'known-totals-differ',
        count: 2,
        examples: [
          'sex, male: 11,661, known are 13,286; exchanged with female, so the values may be swapped',
          'sex, female: 13,286, known are 11,661; exchanged with male, so the values may be swapped',
        ],
      }),
    ]);
  });

  it('are not compared with those of a part', async () => {
    expect((await inspect(fakeTable(header, isic(9_000, 9_000).slice(0, 20_000)))).findings).toEqual([]);
  });
});
