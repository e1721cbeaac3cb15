import { describe, expect, it } from 'vitest';
import { LabError } from '../../foundation/labError';
import type { Answers } from '../../foundation/openQuestion';
import { textTable } from '../../testing/textTable';
import { type PredictionsColumns, readPredictions } from './readPredictions';

const read = (rows: string[], columns: PredictionsColumns = {}) => readPredictions(textTable(rows.join('\n')), columns);

/** The questions that are put, by key, with the values that may be answered. */
function asked(rows: string[], answers: Answers = {}): Record<string, string[]> {
  try {
    read(rows, { answers });
  } catch (error) {
    if (error instanceof LabError && error.questions) {
      return Object.fromEntries(error.questions.map(({ key, choices }) => [key, choices.map(({ value }) => value)]));
    }
    throw error;
  }
  return {};
}

const kinds = ({ findings }: ReturnType<typeof read>) => findings.map(({ kind, count }) => [kind, count]);

describe('classes', () => {
  const typo = ['label,prediction,sex', 'melanoma,melanom,f', 'nevus,nevus,m', 'melanoma,melanoma,f', 'nevus,other,m'];

  it('that no label has stop the audit with the list, the label that is nearest first', () => {
    expect(asked(typo)).toEqual({
      'class:melanom': ['class=melanoma', 'class=nevus', 'accept', 'leave-out'],
      'class:other': ['accept', 'leave-out', 'class=nevus', 'class=melanoma'],
    });
  });

  it('are read as another one, left out and counted, or kept as their own, as answered', () => {
    const file = read(typo, { answers: { 'class:melanom': 'class=melanoma', 'class:other': 'leave-out' } });
    expect(file.model.classNames).toEqual(['melanoma', 'nevus']);
    expect(file.model.predicted).toEqual([0, 1, 0]);
    expect(file.rows).toMatchObject({ total: 4, used: 3, leftOut: [{ count: 1, examples: ['row 5: other'] }] });
    expect(file.findings).toEqual([
      expect.objectContaining({ kind: 'class-mapped', count: 1, examples: ['"melanom" as "melanoma"'] }),
    ]);
    const kept = read(typo, { answers: { 'class:melanom': 'accept', 'class:other': 'accept' } });
    expect(kept.model.classNames).toEqual(['melanom', 'melanoma', 'nevus', 'other']);
    expect(kinds(kept)).toEqual([['class-not-labelled', 2]]);
  });

  it('of score columns belong to labels by case only when that is confirmed, and the scores are theirs', () => {
    const rows = ['label,prediction,score_mel,score_nv,sex', 'MEL,NV,.3,.7,m', 'NV,NV,.4,.6,f', 'MEL,MEL,.8,.2,f'];
    expect(Object.keys(asked(rows))).toEqual(['spelling:classes']);
    const { model } = read(rows, { answers: 'usual' });
    expect(model.classNames).toEqual(['MEL', 'NV']);
    expect(model.scores!.values).toEqual([0.3, 0.7, 0.4, 0.6, 0.8, 0.2]);
  });

  it('of a column of something else are refused, naming a few', () => {
    const rows = Array.from({ length: 20 }, (_, i) => `a,${i === 0 ? 'a' : `p${i}`},${i % 2}`);
    expect(() => read(['label,prediction,sex', 'b,b,0', ...rows])).toThrow('19 classes are predicted or scored');
  });
});

describe('one column of probabilities', () => {
  const rows = ['y_true,y_prob,sex', '1,0.7,m', '0,0.5,f', '0,0.2,f', '1,0.4,m'];

  it('is made classes by the threshold, which is recorded, and gives the scores', () => {
    const file = read(rows);
    const values = [0.3, 0.7, 0.5, 0.5, 0.8, 0.2, 0.6, 0.4].map(near);
    expect(file.model).toMatchObject({ predicted: [1, 1, 0, 0], scores: { kind: 'probabilities', values } });
    expect(file.read.threshold).toEqual({ column: 'y_prob', className: '1', threshold: 0.5 });
    expect(kinds(file)).toEqual([['threshold-used', 1]]);
    expect(read(rows, { threshold: 0.6 }).model.predicted).toEqual([1, 0, 0, 0]);
  });

  it('may be missing in a row, which is left out; a number beyond 1 is refused by name', () => {
    expect(read([...rows, '1,,m']).rows).toMatchObject({ total: 5, used: 4 });
    expect(() => read([...rows, '1,1.2,m'])).toThrow('"y_prob" holds 1.2');
  });

  it('is asked about where the labels do not say which class it speaks of, or it is called a prediction', () => {
    const named = ['label,prob,sex', 'mel,0.7,m', 'nv,0.4,f'];
    expect(asked(named)).toEqual({ 'positive:prob': ['nv', 'mel'] });
    expect(read(named, { answers: { 'positive:prob': 'mel' } }).model.predicted).toEqual([0, 1]);
    const prediction = ['label,prediction,sex', '1,0.7,m', '0,0,f', '0,0.31,f', '1,1,m'];
    expect(asked(prediction)).toEqual({ 'positive:prediction': ['1', '0'] });
    expect(read(prediction, { answers: 'usual' }).model.classNames).toEqual(['0', '1']);
    const confidence = ['label,confidence,sex', '1,0.7,m', '0,0.9,f'];
    expect(asked(confidence)).toEqual({ 'positive:confidence': ['1', '0'] });
  });

  it('is known by other names; columns called as the classes are hold scores', () => {
    const rows = ['y_true,y_pred,y_pred_proba,sex', '1,1,0.7,m', '0,0,0.4,f'];
    expect(kinds(read(rows))).toEqual([['probability-unused', 1]]);
    const named = ['label,prediction,MEL,NV,sex', 'MEL,MEL,0.8,0.2,m', 'NV,NV,0,1,f'];
    expect(read(named).model.scores!.values).toEqual([0.8, 0.2, 0, 1]);
  });

  it('tells no three classes apart', () => {
    expect(() => read(['label,prob,sex', 'a,0.7,m', 'b,0.4,f', 'c,0.4,f'])).toThrow('labels are of 3 classes');
  });

  it('beside a prediction is used only where its name says of which class', () => {
    const beside = (name: string) => read([`label,prediction,${name},sex`, '1,1,0.7,m', '0,0,0.4,f']);
    expect(beside('score_1').model.scores!.values).toEqual([0.3, 0.7, 0.6, 0.4].map(near));
    expect(beside('y_prob').model.scores).toBeNull();
    expect(kinds(beside('y_prob'))).toEqual([['probability-unused', 1]]);
  });
});

describe('attributes', () => {
  it('with several spellings of one value are asked about, and folded as confirmed', () => {
    const rows = ['label,prediction,sex', 'a,a,F', 'b,a,female', 'a,b,m', 'b,b,Male', 'b,b,m'];
    expect(asked(rows)).toEqual({ 'spelling:sex': ['female=F, m=Male', 'apart'] });
    expect(read(rows, { answers: 'usual' }).model.attributes[0]!.groupNames).toEqual(['female', 'm']);
    expect(read(rows, { answers: { 'spelling:sex': 'apart' } }).model.attributes[0]!.groupNames).toHaveLength(4);
  });

  it('in numbers that are equal are asked about; a whole column of decimals is none', () => {
    expect(Object.keys(asked(['label,prediction,skin', 'a,a,1', 'b,b,1.0', 'b,b,2']))).toEqual(['spelling:skin']);
    expect(read(['label,prediction,skin', 'a,a,1.0', 'b,b,2.0']).model.attributes[0]!.groupNames).toEqual(['1', '2']);
  });
});

it('−1 is a label where the only other one is 1, and missing elsewhere', () => {
  expect(read(['label,prediction,sex', '-1,1,f', '1,1,m', '1,-1,f']).model.classNames).toEqual(['-1', '1']);
  expect(read(['label,prediction,skin', 'a,a,1', 'b,b,2', 'a,b,-1']).rows).toMatchObject({
    total: 3,
    used: 2,
    leftOut: [{ examples: ['row 4: -1'] }],
  });
});

it('−1 with decimals is −1, and labels of −1 and 1 stay two classes beside predictions of 0 and 1', () => {
  expect(read(['label,prediction,sex', '-1.0,1.0,f', '1.0,1.0,m', '1.0,-1.0,f']).model.classNames).toEqual(['-1', '1']);
  expect(read(['label,prediction,side', 'a,a,1.0', 'b,b,-1.0']).model.attributes[0]!.groupNames).toEqual(['-1', '1']);
  const mixed = ['label,prediction,sex', '-1,0,f', '1,1,m', '-1,1,m'];
  expect(asked(mixed)).toEqual({ 'class:0': ['accept', 'leave-out', 'class=1', 'class=-1'] });
  const { model } = read(mixed, { answers: { 'class:0': 'class=-1' } });
  expect([model.labels, model.predicted]).toEqual([
    [0, 1, 0],
    [0, 1, 1],
  ]);
});

describe('findings', () => {
  const many = (row: (index: number) => string, header = 'label,prediction,sex') => [
    header,
    ...Array.from({ length: 40 }, (_, index) => row(index)),
  ];
  const sexOf = (index: number) => (index % 4 < 2 ? 'f' : 'm');

  it.each<[string, string[], string]>([
    ['one class throughout', many((i) => `${i % 2},1,${sexOf(i)}`), 'one-class-predicted'],
    ['worse than chance', many((i) => `${i % 2},${(i + 1) % 2},${sexOf(i)}`), 'worse-than-chance'],
    [
      'another class than the highest score',
      many(
        (i) => `${i % 2},${i % 2},${i === 3 ? '.9,.1' : i % 2 ? '.1,.9' : '.8,.2'},${sexOf(i)}`,
        'label,prediction,score_0,score_1,sex',
      ),
      'not-the-highest-score',
    ],
    [
      'a sample twice',
      many((i) => `im${i >> 1},${i % 2},${i % 2},${sexOf(i)}`, 'image,label,prediction,sex'),
      'duplicate-id',
    ],
    [
      'several models',
      many((i) => `${i % 3},${i % 2},${i % 2},${sexOf(i)}`, 'fold,label,prediction,sex'),
      'several-models',
    ],
    [
      'several networks',
      many((i) => `${i % 3},${i % 2},${i % 2},${sexOf(i)}`, 'Network name,label,prediction,sex'),
      'several-models',
    ],
    [
      'several splits',
      many((i) => `${['train', 'test'][i % 2]},${i % 2},${i % 2},${sexOf(i)}`, 'split,label,prediction,sex'),
      'several-splits',
    ],
  ])('name %s', (_, rows, kind) => {
    expect(kinds(read(rows, { attributes: ['sex'] })).map(([found]) => found)).toContain(kind);
  });

  it('name none of it where there is none', () => {
    expect(
      read(many((i) => `im${i},${i % 2},${i % 5 ? i % 2 : 1 - (i % 2)},${sexOf(i)}`, 'image,label,prediction,sex'))
        .findings,
    ).toEqual([]);
  });
});

it('a baseline is joined by names that differ in leading zeros or an image’s ending, but never where two rows could be meant', () => {
  const rows = ['image,label,prediction,sex', '001,a,b,f', '002,b,b,m'];
  const join = (...lines: string[]) =>
    readPredictions(
      textTable(rows.join('\n')),
      { id: 'image' },
      textTable(['image,label,prediction', ...lines].join('\n')),
    );
  expect(join('2,b,a', '1,a,a').baseline!.predicted).toEqual([0, 0]);
  expect(join('2.jpg,b,a', '001.PNG,a,a').baseline!.predicted).toEqual([0, 0]);
  expect(() => join('1,a,a', '01,a,b', '2,b,a')).toThrow('Rows 2 and 3 of the baseline could both be about "001"');
  expect(() => join('1.jpg,a,a', '1.png,a,b', '2,b,a')).toThrow('Rows 2 and 3 of the baseline');
});

function near(value: number): unknown {
  return expect.closeTo(value, 12);
}
