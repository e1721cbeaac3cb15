import { describe, expect, it } from 'vitest';
import { textTable } from '../../testing/textTable';
import { type PredictionsColumns, readPredictions as readTables } from './readPredictions';

const readPredictions = (text: string, columns: PredictionsColumns = {}, baseline: string | null = null) =>
  readTables(textTable(text), columns, baseline === null ? null : textTable(baseline));
const lines = (...rows: string[]) => rows.join('\n');
const withCode = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe('readPredictions', () => {
  it('reads labels, predictions and the one attribute there is', () => {
    const file = readPredictions(
      lines('label,prediction,skin', 'nevus,melanoma,light', 'melanoma,melanoma,dark', 'nevus,keratosis,dark'),
      { answers: { 'class:keratosis': 'accept' } },
    );
    expect(file).toEqual({
      model: {
        labels: [2, 1, 2],
        classNames: ['keratosis', 'melanoma', 'nevus'],
        predicted: [1, 1, 0],
        scores: null,
        clusters: null,
        attributes: [{ name: 'skin', groups: [1, 0, 0], groupNames: ['dark', 'light'] }],
      },
      baseline: null,
      excluded: {
        labelMissing: 0,
        predictionMissing: 0,
        scoreMissing: 0,
        baselineMissing: 0,
        classLeftOut: 0,
        groupMissing: 0,
      },
      rows: { total: 3, used: 3, leftOut: [] },
      read: {
        label: 'label',
        prediction: 'prediction',
        scores: [],
        threshold: null,
        attributes: ['skin'],
        cluster: null,
        id: null,
      },
      findings: [
        expect.objectContaining({ kind: 'never-predicted', count: 1, examples: ['"nevus": 2 rows'] }),
        expect.objectContaining({ kind: 'class-not-labelled', count: 1, examples: ['keratosis'] }),
      ],
      answered: [expect.objectContaining({ key: 'class:keratosis', label: 'It is a class of its own' })],
    });
  });

  it('makes a group of each value of an attribute, and of each combination of two', () => {
    const { model } = readPredictions(
      lines('label,prediction,skin,sex', 'a,a,10,m', 'a,b,2,f', 'b,b,10,f', 'b,b,9,m', 'a,a,2,f'),
      { attributes: ['skin', 'sex'] },
    );
    expect(model.attributes).toEqual([
      { name: 'skin', groups: [2, 0, 2, 1, 0], groupNames: ['2', '9', '10'] },
      { name: 'sex', groups: [1, 0, 0, 1, 0], groupNames: ['f', 'm'] },
      {
        name: 'skin × sex',
        groups: [5, 0, 4, 3, 0],
        groupNames: ['2 × f', '2 × m', '9 × f', '9 × m', '10 × f', '10 × m'],
      },
    ]);
  });

  it('reads scores by class in the order of the classes; without a prediction the highest is it', () => {
    const { model } = readPredictions(lines('label,score_b,score_a,sex', 'a,0.25,0.75,f', 'b,0.6,0.4,m'));
    expect(model.classNames).toEqual(['a', 'b']);
    expect(model).toMatchObject({
      predicted: [0, 1],
      scores: { kind: 'probabilities', values: [0.75, 0.25, 0.4, 0.6] },
    });
  });

  it('leaves out rows without a score, which could have been the highest, and counts them', () => {
    const rows = ['a,0.25,0.75,f', 'b,0.6,0.4,m', 'b,0.1,,m', 'a,error,0.2,f'];
    const { model, rows: tally } = readPredictions(lines('label,score_b,score_a,sex', ...rows));
    expect(model).toMatchObject({
      predicted: [0, 1],
      scores: { kind: 'probabilities', values: [0.75, 0.25, 0.4, 0.6] },
    });
    expect(tally).toEqual({
      total: 4,
      used: 2,
      leftOut: [{ reason: 'no score of a class', count: 2, examples: ['row 4', 'row 5: error'] }],
    });
    const compared = readPredictions(
      lines('label,prediction,sex', 'a,a,f', 'b,b,m', 'b,a,m'),
      {},
      lines('label,prediction,score_a,score_b', 'a,a,.7,.3', 'b,a,.6,.4', 'b,b,,.4'),
    );
    expect(compared.rows).toMatchObject({ used: 2, leftOut: [{ count: 1, examples: ['row 4'] }] });
  });

  it('refuses percentages beside predictions, and names their column', () => {
    const text = lines('label,prediction,prob_1,sex', '0,0,12.5,f', '1,1,87.5,m');
    expect(() => readPredictions(text)).toThrow(withCode('predictions-invalid', 'The column "prob_1" holds 12.5'));
  });

  it('joins a baseline row by row, with its scores', () => {
    const { model, baseline } = readPredictions(
      lines('label,prediction,score_a,score_b,sex', 'a,b,.1,.9,f', 'b,b,.2,.8,m'),
      {},
      lines('label,prediction,score_a,score_b', 'a,a,.7,.3', 'b,a,.6,.4'),
    );
    expect(model).toMatchObject({ predicted: [1, 1], scores: { kind: 'probabilities', values: [0.1, 0.9, 0.2, 0.8] } });
    expect(baseline).toMatchObject({
      predicted: [0, 0],
      scores: { kind: 'probabilities', values: [0.7, 0.3, 0.6, 0.4] },
    });
  });

  it('joins a baseline in another order by the column that names the samples', () => {
    const { baseline } = readPredictions(
      lines('image,label,prediction,sex', 'x,a,b,f', 'y,b,b,m'),
      { id: 'image' },
      lines('image,label,prediction', 'z,a,b', 'y,b,a', 'x,a,a'),
    );
    expect(baseline!.predicted).toEqual([0, 0]);
  });

  it('reads what the lab writes of its own predictions, without a word on columns', () => {
    const { model } = readPredictions(
      lines(
        'name,label,prediction,group,score nevus,score wart',
        'a.png,nevus,wart,dark,0.4,0.6',
        'b.png,wart,wart,light,0.1,0.9',
      ),
    );
    expect(model.attributes).toEqual([{ name: 'group', groups: [0, 1], groupNames: ['dark', 'light'] }]);
    expect(model.classNames).toEqual(['nevus', 'wart']);
    expect(model).toMatchObject({ predicted: [1, 1], scores: { kind: 'probabilities', values: [0.4, 0.6, 0.1, 0.9] } });
  });

  it('leaves out rows with a missing value of any attribute, and counts them by reason', () => {
    const { model, excluded } = readPredictions(
      lines(
        'label,prediction,skin,sex',
        'a,b,1,f',
        ',b,1,f',
        'a,NA,2,f',
        'b,b,,m',
        'b,b,2,null',
        'N/A,null,1,f',
        'b,b,2,m',
      ),
      { attributes: ['skin', 'sex'] },
    );
    expect(model.labels).toEqual([0, 1]);
    expect(excluded).toEqual({
      labelMissing: 2,
      predictionMissing: 1,
      scoreMissing: 0,
      baselineMissing: 0,
      classLeftOut: 0,
      groupMissing: 2,
    });
  });

  it('leaves out rows of another length and totals at the end, with their numbers, and all rows add up', () => {
    const { rows, model } = readPredictions(
      lines('label,prediction,sex', 'a,b,f', 'b', 'b,b,m', ',b,m', 'a,a,f,x', '', 'b,b,f', 'Total,4,'),
    );
    expect(model.labels).toEqual([0, 1, 1]);
    expect(rows).toEqual({
      total: 7,
      used: 3,
      leftOut: [
        {
          reason: 'more or fewer cells than the header',
          count: 2,
          examples: ['row 3: 1 cells, the header has 3', 'row 6: 4 cells, the header has 3'],
        },
        { reason: 'totals at the end', count: 1, examples: ['row 9: Total, 4'] },
        { reason: 'no label', count: 1, examples: ['row 5'] },
      ],
    });
  });

  it('makes two groups from the values of group 0; 1.0 is 1', () => {
    const { model } = readPredictions(lines('label,prediction,skin', '1,1.0,1.0', '0,0.0,6.0', '0,1.0,3.0'), {
      group0Values: ['6'],
    });
    expect(model.classNames).toEqual(['0', '1']);
    expect(model.attributes[0]).toEqual({ name: 'skin', groups: [1, 0, 1], groupNames: ['6', '1, 3'] });
  });

  it('reads clusters, quoted cells, a byte order mark, Windows line ends, blank rows and spaces round cells', () => {
    const { model } = readPredictions(
      '\uFEFFlabel, prediction ,skin,patient\r\n"a, b", c ,x,p1\r\n\r\nc,"a, b",y,\r\n',
      { cluster: 'patient' },
    );
    expect(model.classNames).toEqual(['a, b', 'c']);
    expect(model.labels).toEqual([0, 1]);
    expect(model.predicted).toEqual([1, 0]);
    expect(model.clusters).toEqual(['p1', '']);
  });
});

describe('readPredictions refuses', () => {
  const header = 'label,prediction,skin';
  it.each([
    ['an empty text', '', {}, 'table-unreadable', 'no rows'],
    ['column names alone', header, {}, 'table-unreadable', 'no rows'],
    ['short rows only, naming the first', lines(header, '', 'a,b', 'a'), {}, 'table-unreadable', 'row 3 has 2 cells'],
    ['a quote that never ends', lines(header, 'a,b,x', '"a,b,y'), {}, 'table-unreadable', 'row 3'],
    [
      'a name of two columns that differ',
      lines('label,label,pred,s', 'a,b,b,x', 'c,b,b,y'),
      {},
      'needs-answers',
      '"label"',
    ],
    ['a missing column, naming those there are', lines('label,skin', 'a,b'), {}, 'column-missing', '"label", "skin"'],
    ['no attribute', lines('label,prediction', 'a,b'), {}, 'column-missing', 'sensitive attribute'],
    ['a choice of attributes', lines('label,prediction,sex,age', 'a,b,c,d'), {}, 'column-missing', '"sex", "age"'],
    ['a group value there is not', lines(header, 'a,b,x', 'b,a,y'), { group0Values: ['w'] }, 'value-not-mapped', '"w"'],
    [
      'values of group 0 with two attributes',
      lines('label,prediction,skin,sex', 'a,b,x,f', 'b,a,y,m'),
      { group0Values: ['x'], attributes: ['skin', 'sex'] },
      'config-invalid',
      '2 sensitive attributes',
    ],
    ['one group only', lines(header, 'a,b,x', 'b,b,x'), {}, 'group-too-small', 'Group 1'],
    ['one class only', lines(header, 'a,a,x', 'a,a,y'), {}, 'too-few-classes', 'The 2 complete rows'],
    ['names against numbers', lines(header, 'nevus,0,x', 'melanoma,1,y'), {}, 'predictions-invalid', '"nevus"'],
  ])('%s', (_, text, columns, code, message) => {
    expect(() => readPredictions(text, columns)).toThrow(withCode(code, message));
  });

  it.each([
    ['of another length', lines('label,prediction', 'a,a'), '2 rows, the baseline 1'],
    ['with another label', lines('label,prediction', 'a,a', 'a,a'), 'Row 3'],
  ])('a baseline %s', (_, baseline, message) => {
    const text = lines(header, 'a,b,x', 'b,b,y');
    expect(() => readPredictions(text, {}, baseline)).toThrow(withCode('predictions-invalid', message));
  });
});
