import { describe, expect, it } from 'vitest';
import { readTable } from './readTable';
import { cellText, type Table } from './table';

function read(content: string | Uint8Array<ArrayBuffer>, path = 'labels.csv') {
  return readTable({ path, sizeBytes: content.length, read: async () => new Blob([content]) });
}

/** Rows as they are in the file: number, then one text per column. */
function rowsOf(table: Table): (string | number)[][] {
  return Array.from({ length: table.rowCount }, (_, row) => [
    table.rowNumbers[row]!,
    ...table.columns.map((column) => cellText(column, row)),
  ]);
}

const names = ({ columns }: Table) => columns.map(({ name }) => name);

describe('readTable', () => {
  it('numbers rows as the file does: the header is row 1, and blank rows count', async () => {
    const table = await read('image,dx\n\na,mel\n , \n"b",nv\n\n');
    expect(names(table)).toEqual(['image', 'dx']);
    expect(rowsOf(table)).toEqual([
      [3, 'a', 'mel'],
      [5, 'b', 'nv'],
    ]);
  });

  it('counts blank rows above the header, and a quoted cell over two lines as one row', async () => {
    const table = await read('\nimage,dx\n"a\nstill a",mel\nb,"n ""v"""\n');
    expect(rowsOf(table)).toEqual([
      [3, 'a\nstill a', 'mel'],
      [4, 'b', 'n "v"'],
    ]);
  });

  it('sets a row aside that has too many or too few cells, and keeps the good ones as they are', async () => {
    const table = await read('image,dx,sex\na,mel, in situ,male\nb,nv,female\nc,mel\n');
    expect(rowsOf(table)).toEqual([[3, 'b', 'nv', 'female']]);
    expect(table.findings).toEqual([
      expect.objectContaining({
        kind: 'uneven-row',
        count: 2,
        examples: ['row 2: 4 cells, the header has 3', 'row 4: 2 cells, the header has 3'],
      }),
    ]);
  });

  it('does not mind separators at the end of a row, nor cells of columns without a name', async () => {
    const table = await read(',image,dx,\n0,a,mel,note\n1,b,nv\n2,c,mel,,,\n');
    expect(names(table)).toEqual(['image', 'dx']);
    expect(rowsOf(table).map(([, image, dx]) => `${image} ${dx}`)).toEqual(['a mel', 'b nv', 'c mel']);
    expect(table.findings).toEqual([]);
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
    ['semicolons', ';', 'labels.csv', '', 0],
    ['tabs', '\t', 'labels.csv', '', 0],
    ['tabs in a .tsv', '\t', 'labels.tsv', '', 0],
    ['bars', '|', 'labels.csv', '', 0],
    ['the separator that a first line names', '^', 'labels.csv', 'sep=^\r\n', 1],
  ])('reads %s, with a blank row under every row', async (_, separator, path, first, shift) => {
    const lines = [
      ['image', 'dx'],
      ['a', 'mel'],
      ['b', 'nv'],
    ];
    const table = await read(first + lines.map((row) => `${row.join(separator)}\n\n`).join(''), path);
    expect(rowsOf(table)).toEqual([
      [3 + shift, 'a', 'mel'],
      [5 + shift, 'b', 'nv'],
    ]);
  });

  it('reads a semicolon table whose cells hold commas', async () => {
    const table = await read('image;dx;size\na;"mel; in situ";1,5\nb;nv;2,25\n');
    expect(rowsOf(table)[0]).toEqual([2, 'a', 'mel; in situ', '1,5']);
  });

  it('leaves out rows that repeat the header, where files were put together', async () => {
    const table = await read('image,dx\na,mel\nimage,dx\nb,nv\n');
    expect(rowsOf(table)).toEqual([
      [2, 'a', 'mel'],
      [4, 'b', 'nv'],
    ]);
    expect(table.findings).toEqual([expect.objectContaining({ kind: 'repeated-header', examples: ['row 3'] })]);
  });

  it('gives the second of two columns with one name a number, and says so', async () => {
    const table = await read('image,dx,dx,dx (2)\na,mel,nv,x\n');
    expect(names(table)).toEqual(['image', 'dx', 'dx (2)', 'dx (2) (2)']);
    expect(table.findings).toEqual([expect.objectContaining({ kind: 'column-renamed', count: 2 })]);
  });

  const umlaut = 'bild,diagnose\nä,Nävus\n';
  it.each([
    ['UTF-8', new TextEncoder().encode(umlaut)],
    ['UTF-8 with a mark and CRLF', new TextEncoder().encode(`\uFEFF${umlaut.replaceAll('\n', '\r\n')}`)],
    ['Windows-1252', Uint8Array.from(umlaut, (character) => character.charCodeAt(0))],
    ['UTF-16', utf16(`\uFEFF${umlaut}`)],
    ['old Macintosh line ends', new TextEncoder().encode(umlaut.replaceAll('\n', '\r'))],
  ])('reads %s', async (_, bytes) => {
    const table = await read(bytes);
    expect(names(table)).toEqual(['bild', 'diagnose']);
    expect(rowsOf(table)).toEqual([[2, 'ä', 'Nävus']]);
  });

  it('keeps spaces inside names and TRUE as it is written; comparing is for the mapping', async () => {
    const table = await read('Image Name,malignant\n my photo 1.JPG ,TRUE\n');
    expect(rowsOf(table)).toEqual([[2, 'my photo 1.JPG', 'TRUE']]);
  });

  it.each([
    ['nothing', ''],
    ['a header alone', 'image,dx\n'],
    ['quotation marks that do not match', 'image,dx\n"a,mel\nb,nv\n'],
  ])('refuses %s by name', async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'table-unreadable', details: { file: 'labels.csv' } });
  });

  it('keeps each distinct text once over a hundred thousand rows', async () => {
    const lines = Array.from({ length: 100_000 }, (_, row) => `img${row},${row % 7 === 0 ? 'mel' : 'nv'},male`);
    const table = await read(`image,dx,sex\n${lines.join('\n')}`);
    expect(table.rowCount).toBe(100_000);
    expect(table.columns.map(({ values }) => values.length)).toEqual([100_000, 2, 1]);
    expect(cellText(table.columns[1]!, 99_995)).toBe('mel');
    expect(cellText(table.columns[0]!, 99_999)).toBe('img99999');
  });
});

function utf16(text: string): Uint8Array<ArrayBuffer> {
  const units = Uint16Array.from(text, (character) => character.charCodeAt(0));
  return new Uint8Array(units.buffer);
}
