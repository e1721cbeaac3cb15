import { describe, expect, it } from 'vitest';
import { readTable } from './readTable';

function read(text: string, path = 'labels.csv') {
  return readTable({ path, read: async () => new Blob([text]) });
}

describe('readTable', () => {
  it('numbers rows as the file does: the header is row 1, and blank rows count', async () => {
    const { columns, rows } = await read('image,dx\n\na,mel\n , \n"b",nv\n\n');
    expect(columns).toEqual(['image', 'dx']);
    expect(rows).toEqual([
      { number: 3, cells: ['a', 'mel'] },
      { number: 5, cells: ['b', 'nv'] },
    ]);
  });

  it('counts blank rows above the header, and a quoted cell over two lines as one row', async () => {
    const { rows } = await read('\nimage,dx\n"a\nstill a",mel\nb,nv\n');
    expect(rows.map(({ number }) => number)).toEqual([3, 4]);
  });

  it('sets a row aside that has too many or too few cells, and keeps the good ones as they are', async () => {
    const { rows, unevenRows } = await read('image,dx,sex\na,mel, in situ,male\nb,nv,female\nc,mel\n');
    expect(rows).toEqual([{ number: 3, cells: ['b', 'nv', 'female'] }]);
    expect(unevenRows).toEqual([
      { number: 2, cellCount: 4, expectedCount: 3 },
      { number: 4, cellCount: 2, expectedCount: 3 },
    ]);
  });

  it('does not mind separators at the end of a row, nor cells of columns without a name', async () => {
    const { columns, rows, unevenRows } = await read(',image,dx,\n0,a,mel,note\n1,b,nv\n2,c,mel,,,\n');
    expect(columns).toEqual(['image', 'dx']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['a', 'mel'],
      ['b', 'nv'],
      ['c', 'mel'],
    ]);
    expect(unevenRows).toEqual([]);
  });

  it('refuses a table none of whose rows fits its header, naming the first', async () => {
    await expect(read('image,dx\n1,a,mel\n2,b,nv\n')).rejects.toMatchObject({
      code: 'table-unreadable',
      message:
        'labels.csv cannot be read as a table: none of its rows has as many cells as its header: row 2 has 3 cells, the header 2.',
      details: { file: 'labels.csv', row: 2 },
    });
  });

  it.each([
    ['semicolons', ';', 'labels.csv'],
    ['tabs', '\t', 'labels.csv'],
    ['tabs in a .tsv', '\t', 'labels.tsv'],
    ['bars', '|', 'labels.csv'],
  ])('reads %s, with a blank row under every row', async (_, separator, path) => {
    const text = [
      ['image', 'dx'],
      ['a', 'mel'],
      ['b', 'nv'],
    ]
      .map((row) => `${row.join(separator)}\n\n`)
      .join('');
    const { rows } = await read(text, path);
    expect(rows).toEqual([
      { number: 3, cells: ['a', 'mel'] },
      { number: 5, cells: ['b', 'nv'] },
    ]);
  });
});
