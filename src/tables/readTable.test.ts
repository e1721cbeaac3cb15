import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTableAtOnce } from './readTable';
import { cellText, type Table } from './table';
import { countSetAside } from './tableFinding';

async function read(content: string | Uint8Array, path = 'labels.csv') {
  return readTableAtOnce(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
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

  it('does not mind separators at the end of a row, calls a column without a name by its position, and drops row numbers', async () => {
    const table = await read(',image,dx,\n0,a,mel,note\n1,b,nv\n2,c,mel,,,\n');
    expect(names(table)).toEqual(['image', 'dx', 'column 4']);
    expect(rowsOf(table).map(([, ...cells]) => cells.join(' '))).toEqual(['a mel note', 'b nv ', 'c mel ']);
    expect(table.findings).toEqual([expect.objectContaining({ kind: 'column-unnamed', examples: ['column 4'] })]);
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

  it('reads a semicolon table whose cells hold commas, decimal ones as points', async () => {
    const table = await read('image;dx;size\na;"mel; in situ";1,5\nb;nv;2,25\n');
    expect(rowsOf(table)[0]).toEqual([2, 'a', 'mel; in situ', '1.5']);
    expect(table.findings).toEqual([expect.objectContaining({ kind: 'decimal-comma', examples: ['size'] })]);
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

  it.each([
    ['UTF-16, little end first, without a mark', utf16(umlaut)],
    ['UTF-16, big end first, without a mark', swapped(utf16(umlaut))],
    ['UTF-16, big end first, with a mark', swapped(utf16(`\uFEFF${umlaut}`))],
    ['UTF-8 with two marks and the end that DOS set', new TextEncoder().encode(`\uFEFF\uFEFF${umlaut}\u001a`)],
  ])('reads %s', async (_, bytes) => {
    expect(rowsOf(await read(bytes))).toEqual([[2, 'ä', 'Nävus']]);
  });

  it('says of bytes that are no UTF-8 that their letters are assumed, and of a few broken ones that they are broken', async () => {
    const assumed = await read(Uint8Array.from(umlaut, (letter) => letter.charCodeAt(0)));
    expect(assumed.findings).toEqual([expect.objectContaining({ kind: 'encoding-assumed', count: 1 })]);
    const whole = new TextEncoder().encode('bild,diagnose\nä,Nävus\nö,Näv\n');
    const broken = await read(whole.slice(0).fill(0xff, whole.length - 3, whole.length - 2));
    expect(rowsOf(broken)[0]).toEqual([2, 'ä', 'Nävus']);
    expect(broken.findings.map(({ kind }) => kind)).toContain('broken-letters');
  });

  it('passes over comment and title lines above the header and counts them, and numbers rows as the file does', async () => {
    const table = await read('# exported 2025, by me\n\nMy results\nimage,dx\na,mel\n# part 2\nb,nv\n');
    expect(rowsOf(table)).toEqual([
      [5, 'a', 'mel'],
      [7, 'b', 'nv'],
    ]);
    expect(table.findings.map(({ kind, count }) => [kind, count])).toEqual([
      ['comment-line', 2],
      ['title-line', 1],
    ]);
  });

  it('takes a comment that names the columns for the header, as NumPy writes it, and a column called # for one', async () => {
    const numpy = await read('# label,score\n1,0.5\n0,0.25\n');
    expect([names(numpy), numpy.rowCount]).toEqual([['label', 'score'], 2]);
    expect(names(await read('#,dx,sex\n1,mel,m\n2,nv,f\n'))).toEqual(['#', 'dx', 'sex']);
  });

  it('leaves out totals at the end and rows of separators, and counts them', async () => {
    const table = await read('dx,n,sex\nmel,1,f\n,,\nnv,2,m\nTotal,3,\n');
    expect(table.rowCount).toBe(2);
    expect(table.findings.map(({ kind, count, examples }) => [kind, count, examples[0]])).toEqual([
      ['blank-row', 1, 'row 3'],
      ['footer-row', 1, 'row 5: Total, 3'],
    ]);
  });

  it('keeps a last row whose word for totals is a value of the column', async () => {
    expect((await read('part,n\nsum,1\nrest,2\nsum,3\n')).rowCount).toBe(3);
  });

  it.each([
    ['what pandas prints', '   label  pred sex\n0      1     0   M\n1      0     0   F\n', ['1 0 M', '0 0 F']],
    ['what R writes', '"label" "pred" "sex"\n"1" 1 0 "M m"\n"2" 0 0 "F"\n', ['1 0 M m', '0 0 F']],
    ['a Markdown table', '| label | pred | sex |\n|---|:--|---|\n| 1 | 0 | M |\n| 0 | 0 | F |\n', ['1 0 M', '0 0 F']],
    ['columns of blanks', 'label  pred  sex\n1      0     M x\n0      0     F\n', ['1 0 M x', '0 0 F']],
  ])('reads %s', async (_, text, rows) => {
    const table = await read(text, 'table.txt');
    expect(names(table)).toEqual(['label', 'pred', 'sex']);
    expect(rowsOf(table).map(([, ...cells]) => cells.join(' '))).toEqual(rows);
  });

  it('says of a first row that holds values that it may be no header', async () => {
    const table = await read('img1,mel,1\nimg2,nv,0\nimg3,mel,1\n');
    expect(table.findings).toEqual([expect.objectContaining({ kind: 'header-doubtful', examples: ['img1, mel, 1'] })]);
  });

  it('reads decimal commas beside decimal points', async () => {
    expect((await read('a;n\nx;0,5\ny;0.25\nz;NA\n')).columns[1]!.values).toEqual(['0.5', '0.25', 'NA']);
  });

  it('leaves commas that divide thousands alone', async () => {
    const table = await read('a;n\nx;1,234\ny;12,345\n');
    expect(table.columns[1]!.values).toEqual(['1,234', '12,345']);
  });

  it.each([
    [
      'an Excel workbook',
      [...ascii('PK\u0003\u0004'), ...Array(30).fill(0), ...ascii('xl/workbook.xml')],
      'Excel workbook (.xlsx)',
    ],
    [
      'an OpenDocument sheet',
      [...ascii('PK\u0003\u0004\u0000\u0000mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
      '(.ods)',
    ],
    ['a Numbers document', [...ascii('PK\u0003\u0004\u0000\u0000Index/Document.iwa')], '(.numbers)'],
    ['an old workbook', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0], '(.xls)'],
    ['Parquet', [...ascii('PAR1'), 0, 1, 2], 'Parquet'],
    ['SPSS', [...ascii('$FL2@(#) SPSS'), 0, 1], 'SPSS'],
    ['gzip', [0x1f, 0x8b, 8, 0], 'gzip'],
    ['a web page', [...ascii('\n<!DOCTYPE html><html>')], 'web page'],
    ['JSON', [...ascii('[{"label": 1}]')], 'JSON'],
    ['a pointer of Git LFS', [...ascii('version https://git-lfs.github.com/spec/v1\n')], 'Git LFS'],
    ['other bytes', [1, 2, 3, 0, 4, 5, 0, 0, 0, 7], 'no text'],
  ])('refuses %s by name, whatever its ending', async (_, bytes, what) => {
    await expect(read(Uint8Array.from(bytes as number[]))).rejects.toMatchObject({
      code: 'table-unreadable',
      message: expect.stringContaining(what),
    });
  });

  it('does not take a header for a binary file that begins with the same letters', async () => {
    expect(names(await read('ORCID,RDX\na,b\n'))).toEqual(['ORCID', 'RDX']);
  });

  it('gives the same reading for any separator, quoting, line end and encoding of one table', () => {
    const cell = fc.constantFrom('a', 'b c', 'ä', '0.25', '7', 'mel', 'x-1', '');
    const rows = fc.array(fc.tuple(fc.constantFrom('p1', 'p2', 'ö'), cell, cell), { minLength: 2, maxLength: 12 });
    const form = fc.record({
      separator: fc.constantFrom(',', ';', '\t', '|'),
      isQuoted: fc.boolean(),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
      encode: fc.constantFrom(utf8, utf8WithMark, utf16Marked, (text: string) => swapped(utf16Marked(text)), utf16),
    });
    fc.assert(
      fc.property(rows, form, (table, { separator, isQuoted, lineEnd, encode }) => {
        const lines = [['id', 'dx', 'note'], ...table].map((cells) =>
          cells.map((text) => (isQuoted ? `"${text}"` : text)).join(separator),
        );
        const found = readTableAtOnce('t.csv', encode(lines.join(lineEnd)));
        expect(names(found)).toEqual(['id', 'dx', 'note']);
        expect(rowsOf(found)).toEqual(table.map((cells, index) => [index + 2, ...cells]));
      }),
    );
  });

  it('uses every row or counts it as set aside, for any rows', () => {
    const line = fc.constantFrom(
      'a,mel,f',
      'b,nv',
      ',,',
      'c,mel,m,x',
      'id,dx,sex',
      'd,nv,f,',
      'Total,2,',
      '# note',
      'e',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const table = readTableAtOnce('t.csv', utf8(['id,dx,sex', 'a,mel,f', ...lines].join('\n')));
        const noRows = table.findings.find(({ kind }) => kind === 'comment-line')?.count ?? 0;
        expect(table.rowCount + countSetAside(table.findings) + noRows).toBe(lines.length + 1);
      }),
    );
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

function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function utf8WithMark(text: string): Uint8Array<ArrayBuffer> {
  return utf8(`\uFEFF${text}`);
}

function utf16Marked(text: string): Uint8Array<ArrayBuffer> {
  return utf16(`\uFEFF${text}`);
}

/** Bytes of UTF-16 with the other end first. */
function swapped(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.map((_, at) => bytes[at ^ 1]!);
}

function utf16(text: string): Uint8Array<ArrayBuffer> {
  const units = Uint16Array.from(text, (character) => character.charCodeAt(0));
  return new Uint8Array(units.buffer);
}
