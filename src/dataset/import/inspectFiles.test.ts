import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { fakeFile, fakeSet, fakeTable } from './fakeFiles';
import { inspectFiles } from './inspectFiles';
import type { GivenFile } from './sourceFile';

const { rows, images } = fakeSet(8);

function inspect(...files: GivenFile[]) {
  return inspectFiles(files, createSilentContext());
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
    expect(summary.ignoredFiles).toEqual(['readme.txt', '.DS_Store']);
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
          },
          {
            name: 'sex',
            distinctCount: 2,
            missingCount: 1,
            values: [
              { value: 'female', count: 4 },
              { value: 'male', count: 4 },
            ],
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

  it('names an empty table and one with two columns of one name', async () => {
    await expect(inspect(fakeFile('empty.csv', ''))).rejects.toMatchObject({ code: 'table-unreadable' });
    await expect(inspect(fakeFile('twice.csv', 'a,a\n1,2\n'))).rejects.toMatchObject({
      code: 'table-unreadable',
      details: { file: 'twice.csv', column: 'a' },
    });
  });
});

/** Rows of a made-up table whose header row is that of a public set. */
const layouts: [string, string, string[], object][] = [
  [
    'HAM10000',
    'lesion_id,image_id,dx,dx_type,age,sex,localization',
    rows.map((row, i) => `HAM_${i >> 1},img${i},${row.split(',')[1]},histo,${40 + i},${row.split(',')[2]},back`),
    {
      imageColumn: 'image_id',
      labelColumn: 'dx',
      groupColumn: 'sex',
      clusterColumn: 'lesion_id',
      group0Values: ['female'],
    },
  ],
  [
    'Fitzpatrick17k',
    'md5hash,fitzpatrick_scale,fitzpatrick_centaur,label,nine_partition_label,three_partition_label,qc,url,url_alphanum',
    rows.map(
      (_, i) => `img${i},${i === 0 ? -1 : (i % 6) + 1},2,disease ${i % 3},inflammatory,benign,,http://x/${i},x${i}`,
    ),
    {
      imageColumn: 'md5hash',
      labelColumn: 'label',
      groupColumn: 'fitzpatrick_scale',
      group0Values: ['4', '5', '6'],
      group1Values: ['1', '2', '3'],
    },
  ],
  [
    'PAD-UFES-20',
    'patient_id,lesion_id,age,gender,fitspatrick,diagnostic,img_id,biopsed',
    rows.map(
      (_, i) =>
        `PAT_${i >> 1},${i},${50 + i},${i % 2 ? 'MALE' : 'FEMALE'},${(i % 6) + 1}.0,${i % 3 ? 'BCC' : 'NEV'},img${i}.png,True`,
    ),
    {
      imageColumn: 'img_id',
      labelColumn: 'diagnostic',
      groupColumn: 'gender',
      clusterColumn: 'patient_id',
      group0Values: ['FEMALE'],
    },
  ],
  [
    'FairFace',
    'file,age,gender,race,service_test',
    rows.map(
      (_, i) => `photos/img${i}.jpg,${i % 2 ? '20-29' : 'more than 70'},${i % 2 ? 'Male' : 'Female'},White,True`,
    ),
    { imageColumn: 'file', groupColumn: 'gender', group0Values: ['Female'], clusterColumn: null },
  ],
  [
    'a table with a split',
    ',picture,diagnosis,skin_type,split',
    rows.map((_, i) => `${i},img${i},${i % 2 ? 'a' : 'b'},FST${(i % 6) + 1},${i < 5 ? 'train' : 'test'}`),
    {
      imageColumn: 'picture',
      labelColumn: 'diagnosis',
      groupColumn: 'skin_type',
      splitColumn: 'split',
      group0Values: ['FST4', 'FST5', 'FST6'],
    },
  ],
];

describe('the suggested mapping', () => {
  it.each(layouts)('fits the columns of %s', async (_, header, lines, expected) => {
    const { suggestion } = await inspect(fakeTable(header, lines), ...images);
    expect(suggestion).toMatchObject(expected);
  });

  it('leaves a column that nothing speaks for to the user', async () => {
    const lines = rows.map((_, i) => `img${i}.jpg,${i % 2 ? 'bag' : 'shoe'},${i % 3 ? 'A' : 'B'}`);
    const { suggestion } = await inspect(fakeTable('file,garment,camera', lines), ...images);
    expect(suggestion).toMatchObject({
      imageColumn: 'file',
      labelColumn: 'garment',
      groupColumn: '',
      group0Values: [],
      group1Values: [],
    });
  });

  it('takes the table whose rows name the images', async () => {
    const other = fakeTable('image,label,sex', ['q1,a,male', 'q2,b,female'], 'a-other.csv');
    const { suggestion } = await inspect(other, fakeTable('image,dx,sex', rows), ...images);
    expect(suggestion?.table).toBe('labels.csv');
  });
});
