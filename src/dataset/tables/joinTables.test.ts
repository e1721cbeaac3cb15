import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTableBuilder } from '../../tables/createTableBuilder';
import type { Table } from '../../tables/table';
import type { ImageRecords } from './imageRecords';
import { rowsDiffer } from './imageRecords';
import { joinTables } from './joinTables';

function table(file: string, names: string[], rows: string[][]): Table {
  const builder = createTableBuilder(file, names);
  for (const [index, cells] of rows.entries()) builder.add(cells, index + 2);
  return builder.finish();
}

function texts({ columns }: ImageRecords, name: string): (string | null)[] {
  const { values, codes } = columns.find((column) => column.name === name)!;
  return codes.map((code) => (code === rowsDiffer ? null : values[code]!));
}

const images = ['p/a.jpg', 'p/b.JPG', 'p/c d.png', 'p/e.jpg'].map((path) => ({ path }));
const labels = table(
  'labels.csv',
  ['image', 'dx', 'case'],
  [
    ['b', 'nv', 'k2'],
    ['A.jpg', 'mel', 'k1'],
    ['c d', 'bkl', 'k1'],
    ['gone', 'df', 'k9'],
  ],
);

describe('joinTables', () => {
  it('gives records in the order of the rows, whatever the case, the extension and spaces in names', () => {
    const records = joinTables([labels], { table: 'labels.csv', imageColumns: ['image'], joins: [] }, images);
    expect(records.names).toEqual(['b', 'a', 'c d']);
    expect(records.imageIndices).toEqual([1, 0, 2]);
    expect(texts(records, 'dx')).toEqual(['nv', 'mel', 'bkl']);
    expect(records.rows).toEqual({ total: 4, used: 3, leftOut: [{ kind: 'row-without-image', count: 1 }] });
    expect(records.givenCount).toBe(4);
    expect(records.findings.map(({ kind, examples }) => [kind, examples])).toEqual([
      ['row-without-image', ['row 5: gone']],
      ['image-without-row', ['p/e.jpg']],
    ]);
  });

  it('adds the columns of a table by the image, of another by a key, and says what found no partner', () => {
    const sexes = table(
      'sex.csv',
      ['name', 'sex', 'dx'],
      [
        ['a', 'male', 'x'],
        ['b.png', 'female', 'y'],
        ['q', 'male', 'z'],
      ],
    );
    const cases = table(
      'cases.csv',
      ['case', 'site'],
      [
        ['k1', 'arm'],
        ['k3', 'leg'],
      ],
    );
    const records = joinTables(
      [labels, sexes, cases],
      {
        table: 'labels.csv',
        imageColumns: ['image'],
        joins: [
          { table: 'sex.csv', column: 'name', to: null },
          { table: 'cases.csv', column: 'case', to: 'case' },
        ],
      },
      images,
    );
    expect(texts(records, 'sex')).toEqual(['female', 'male', '']);
    expect(texts(records, 'site')).toEqual(['', 'arm', 'arm']);
    expect(texts(records, 'dx (sex.csv)')).toEqual(['y', 'x', '']);
    expect(records.findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'row-not-joined', examples: ['sex.csv, row 4', 'cases.csv, row 3'] }),
        expect.objectContaining({ kind: 'join-missing', count: 2 }),
      ]),
    );
  });

  it('keeps what several rows of an image agree on, decimals aside, and marks what they differ in', () => {
    const doubled = table(
      'labels.csv',
      ['image', 'type', 'dx'],
      [
        ['a', '3', 'mel'],
        ['a', '3.0', 'nv'],
        ['b', '4', 'nv'],
      ],
    );
    const records = joinTables([doubled], { table: 'labels.csv', imageColumns: ['image'], joins: [] }, images);
    expect(texts(records, 'type')).toEqual(['3', '4']);
    expect(texts(records, 'dx')).toEqual([null, 'nv']);
    expect(records.rows).toEqual({ total: 3, used: 2, leftOut: [{ kind: 'duplicate-row', count: 1 }] });
  });

  it('takes several images from one row', () => {
    const cases = table(
      'cases.csv',
      ['one', 'two', 'dx'],
      [
        ['a', 'e', 'mel'],
        ['b', '', 'nv'],
      ],
    );
    const records = joinTables([cases], { table: 'cases.csv', imageColumns: ['one', 'two'], joins: [] }, images);
    expect(records.names).toEqual(['a', 'e', 'b']);
    expect(texts(records, 'dx')).toEqual(['mel', 'mel', 'nv']);
    expect(records.rows).toMatchObject({ total: 2, used: 2 });
  });

  it.each([
    [{ table: 'other.csv' }, { code: 'no-table-found' }],
    [
      { imageColumns: ['img'] },
      { code: 'column-missing', details: { file: 'labels.csv', column: 'img', columns: 'image, dx, case' } },
    ],
    [{ joins: [{ table: 'labels.csv', column: 'case', to: 'nothing' }] }, { code: 'column-missing' }],
  ])('refuses a plan that does not fit by name: %j', (change, error) => {
    const plan = { table: 'labels.csv', imageColumns: ['image'], joins: [], ...change };
    expect(() => joinTables([labels], plan, images)).toThrowError(expect.objectContaining(error));
  });

  it('uses every row or counts it under one reason, and every image too, for any tables', () => {
    const name = fc.constantFrom('a', 'A.png', 'b', 'c', 'd', 'x/e', 'y/e', 'e', '');
    const path = fc.constantFrom('a.jpg', 'b.jpg', 'x/c.png', 'x/e.jpg', 'y/e.jpg', 'z.jpg');
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 30 }), fc.uniqueArray(path), (names, paths) => {
        const rows = names.map((each, index) => [each, String(index)]);
        const records = joinTables(
          [table('t.csv', ['image', 'dx'], rows)],
          { table: 't.csv', imageColumns: ['image'], joins: [] },
          paths.map((each) => ({ path: each })),
        );
        const lostRows = records.rows.leftOut.reduce((sum, { count }) => sum + count, 0);
        expect(records.rows.total).toBe(names.length);
        expect(records.rows.used + lostRows).toBe(names.length);
        expect(records.rows.used).toBe(records.names.length);
        const lostImages = records.findings
          .filter(({ kind }) => kind === 'image-without-row' || kind === 'duplicate-image-name')
          .reduce((sum, { count }) => sum + count, 0);
        expect(records.names.length + lostImages).toBe(paths.length);
      }),
    );
  });
});
