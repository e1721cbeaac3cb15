import { describe, expect, it } from 'vitest';
import { parsePredictionsTable } from './parsePredictionsTable';

const lines = (...rows: string[]) => rows.join('\n');
const withCode = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe('parsePredictionsTable', () => {
  it('reads labels, predictions and the one attribute there is', () => {
    const table = parsePredictionsTable(
      lines('label,prediction,skin', 'nevus,melanoma,light', 'melanoma,melanoma,dark', 'nevus,keratosis,dark'),
    );
    expect(table).toEqual({
      predictions: { labels: [2, 1, 2], predicted: [1, 1, 0], groups: [1, 0, 0], classCount: 3 },
      baseline: null,
      clusters: null,
      classNames: ['keratosis', 'melanoma', 'nevus'],
      groupNames: ['dark', 'light'],
      excluded: { labelMissing: 0, predictionMissing: 0, baselineMissing: 0, groupMissing: 0, groupNotUsed: 0 },
    });
  });

  it('sorts classes that are numbers by number', () => {
    const { classNames, predictions } = parsePredictionsTable(lines('label,prediction,sex', '10,9,f', '9,2,m'));
    expect(classNames).toEqual(['2', '9', '10']);
    expect(predictions.labels).toEqual([2, 1]);
  });

  it('takes 1.0 as 1, in classes, groups and the values asked for', () => {
    const { classNames, predictions } = parsePredictionsTable(
      lines('label,prediction,skin', '1,1.0,1.0', '0,0.0,6.0', '0,1.0,3.0'),
      { group0Values: ['6'] },
    );
    expect(classNames).toEqual(['0', '1']);
    expect(predictions).toMatchObject({ labels: [1, 0, 0], predicted: [1, 0, 1], groups: [1, 0, 1] });
  });

  it('leaves out rows with a missing value or an unused group, and counts them by reason', () => {
    const { predictions, excluded } = parsePredictionsTable(
      lines(
        'label,prediction,base,skin',
        'a,b,a,1',
        ',b,a,1',
        'a,NA,a,2',
        'a,a,NaN,2',
        'b,b,b,',
        'b,b,b,-1',
        'N/A,null,a,1',
        'b,b,a,2',
      ),
      { baseline: 'base', group: 'skin', group0Values: ['2'], group1Values: ['1'] },
    );
    expect(predictions).toEqual({ labels: [0, 1], predicted: [1, 1], groups: [1, 0], classCount: 2 });
    expect(excluded).toEqual({
      labelMissing: 2,
      predictionMissing: 1,
      baselineMissing: 1,
      groupMissing: 1,
      groupNotUsed: 1,
    });
  });

  it('reads a baseline and clusters when their columns are named', () => {
    const table = parsePredictionsTable(lines('truth;ours;theirs;patient;sex', 'a;a;c;p1;f', 'b;a;b;;m'), {
      label: 'truth',
      prediction: 'ours',
      baseline: 'theirs',
      cluster: 'patient',
    });
    expect(table.classNames).toEqual(['a', 'b', 'c']);
    expect(table.baseline).toEqual([2, 1]);
    expect(table.clusters).toEqual(['p1', '']);
    expect(table.groupNames).toEqual(['f', 'm']);
  });

  it('makes the groups from the values given, with the rest as the other group', () => {
    const text = lines('label,prediction,skin', 'a,a,1', 'a,b,2', 'b,b,5', 'b,b,6');
    const byGroup0 = parsePredictionsTable(text, { group0Values: ['5', '6'] });
    expect(byGroup0.predictions.groups).toEqual([1, 1, 0, 0]);
    expect(byGroup0.groupNames).toEqual(['5, 6', '1, 2']);
    const byGroup1 = parsePredictionsTable(text, { group1Values: ['1'] });
    expect(byGroup1.predictions.groups).toEqual([1, 0, 0, 0]);
  });

  it('reads quoted cells, a byte order mark, Windows line ends, blank rows and spaces round cells', () => {
    const { classNames, predictions } = parsePredictionsTable(
      '\uFEFFlabel, prediction ,skin\r\n"a, b", c ,x\r\n\r\nc,"a, b",y\r\n',
    );
    expect(classNames).toEqual(['a, b', 'c']);
    expect(predictions.labels).toEqual([0, 1]);
    expect(predictions.predicted).toEqual([1, 0]);
  });
});

describe('parsePredictionsTable refuses', () => {
  const header = 'label,prediction,skin';
  it.each([
    ['an empty text', '', {}, 'table-unreadable', 'no rows'],
    ['column names alone', header, {}, 'table-unreadable', 'no rows'],
    ['a short row, naming it', lines(header, 'a,b,x', '', 'a,b'), {}, 'table-unreadable', 'Row 4'],
    ['a long row, naming it', lines(header, 'a,b,x,z', 'a,b,y'), {}, 'table-unreadable', 'Row 2'],
    ['a quote that never ends', lines(header, 'a,b,x', '"a,b,y'), {}, 'table-unreadable', 'Row 3'],
    ['a column name given twice', lines('label,label,skin', 'a,b,x'), {}, 'table-unreadable', '"label"'],
    ['a missing column, naming those there are', lines('label,skin', 'a,b'), {}, 'column-missing', '"label", "skin"'],
    ['a table without delimiters', lines('label', 'a'), {}, 'column-missing', '"prediction"'],
    ['no attribute', lines('label,prediction', 'a,b'), {}, 'column-missing', 'sensitive attribute'],
    ['a choice of attributes', lines('label,prediction,sex,age', 'a,b,c,d'), {}, 'column-missing', '"sex", "age"'],
    ['three groups', lines(header, 'a,b,x', 'a,b,y', 'b,b,z'), {}, 'value-not-mapped', '3 values (x, y, z)'],
    ['a group value there is not', lines(header, 'a,b,x', 'a,a,y'), { group0Values: ['w'] }, 'value-not-mapped', '"w"'],
    [
      'a value in both groups',
      lines(header, 'a,b,x', 'a,a,y'),
      { group0Values: ['x'], group1Values: ['x', 'y'] },
      'config-invalid',
      '"x"',
    ],
    ['one group only', lines(header, 'a,b,x', 'b,b,x'), {}, 'group-too-small', 'Group 1'],
    ['an attribute that is always missing', lines(header, 'a,b,', 'b,b,'), {}, 'group-too-small', 'all missing'],
    ['one class only', lines(header, 'a,a,x', 'a,a,y'), {}, 'too-few-classes', 'The 2 complete rows'],
    ['names against numbers', lines(header, 'nevus,0,x', 'melanoma,1,y'), {}, 'predictions-invalid', '"nevus"'],
  ])('%s', (_, text, columns, code, message) => {
    expect(() => parsePredictionsTable(text, columns)).toThrow(withCode(code, message));
  });
});
