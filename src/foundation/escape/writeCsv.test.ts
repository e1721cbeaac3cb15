import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { hostileNames } from '../../testing/hostileNames';
import { type CsvCell, withoutGuard, writeCsv, writeCsvOf } from './writeCsv';

/** As another program reads it. */
function parse(csv: string): string[][] {
  return Papa.parse<string[]>(csv, { delimiter: ',', newline: '\n', skipEmptyLines: false }).data.slice(0, -1);
}

/** What Excel, LibreOffice and Google Sheets take for a formula in a cell of a CSV file. */
const isFormula = (cell: string) => /^[\t\r]*[=+\-@]/.test(cell) && !Number.isFinite(Number(cell));

describe('writeCsv', () => {
  it('writes numbers as they are, quotes what needs it, and leaves what is missing empty', () => {
    const rows: CsvCell[][] = [
      ['a, "b"', -0.1, true],
      ['c\nd', null, undefined],
      ['', Number.NaN, Number.POSITIVE_INFINITY],
      ['-1.5e-7', 1e21, false],
    ];
    expect(writeCsv(['name', 'x', 'y'], rows)).toBe(
      'name,x,y\n"a, ""b""",-0.1,true\n"c\nd",,\n,,\n-1.5e-7,1e+21,false\n',
    );
  });

  it.each(hostileNames)('no spreadsheet runs %j, and the lab reads it as it was', (name) => {
    const [[header], [cell]] = parse(writeCsv([name], [[name]])) as [string[], string[]];
    expect([header, cell].some((text) => isFormula(text!))).toBe(false);
    expect([header, cell].map((text) => withoutGuard(text!))).toEqual([name, name]);
  });

  it('any texts come back as they were', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', '1', 'e', '.') }),
    );
    const rows = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
      );
    fc.assert(
      fc.property(rows, ([columns, ...data]) => {
        const cells = parse(writeCsv(columns!, data));
        expect(cells.flat().some(isFormula)).toBe(false);
        expect(cells.map((row) => row.map(withoutGuard))).toEqual([columns, ...data]);
      }),
    );
  });

  it('rows that name their cells stand under their columns', () => {
    expect(writeCsvOf(['a', 'b'], [{ b: 2 }, { a: 'x' }])).toBe('a,b\n,2\nx,\n');
  });
});
