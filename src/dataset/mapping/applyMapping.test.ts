import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testMapping, testRecords } from '../../testing/dataset/testRecords';
import { defaultSplitSettings } from '../split/splitSettings';
import { applyMapping, countSamples } from './applyMapping';
import type { DatasetMapping, GroupMapping, LabelRule } from './datasetMapping';

interface Change extends Partial<Omit<DatasetMapping, 'label' | 'group'>> {
  label?: Partial<LabelRule>;
  group?: Partial<GroupMapping>;
}

function map(columns: Record<string, (string | null)[]>, change: Change = {}) {
  const mapping: DatasetMapping = {
    ...testMapping,
    ...change,
    label: { ...testMapping.label, ...change.label },
    group: { ...testMapping.group, ...change.group },
  };
  return applyMapping(testRecords(columns), mapping, defaultSplitSettings);
}

/** Kinds and counts of what was left out. */
function leftOut({ images }: { images: { leftOut: { kind: string; count: number }[] } }) {
  return Object.fromEntries(images.leftOut.map(({ kind, count }) => [kind, count]));
}

describe('labels', () => {
  const sex = ['female', 'male', 'female', 'male', 'female', 'male'];

  it('number the classes in natural order and leave missing ones out', () => {
    const mapped = map({ dx: ['type 10', 'type 2', 'NA', 'unknown', '', 'type 10'], sex });
    expect(mapped.classNames).toEqual(['type 2', 'type 10']);
    expect(mapped.imageIndices).toEqual([0, 1, 5]);
    expect(mapped.labels).toEqual([1, 0, 1]);
    expect(leftOut(mapped)).toEqual({ 'label-missing': 3 });
  });

  it('are merged and left out by the map, and a missing token that it names counts', () => {
    const mapped = map(
      { dx: ['mel', 'nv', 'bkl', '-1', 'df', 'mel'], sex },
      { label: { merge: { mel: 'malignant', nv: 'benign', bkl: 'benign', '-1': 'benign', df: null } } },
    );
    expect(mapped.classNames).toEqual(['benign', 'malignant']);
    expect(mapped.labels).toEqual([1, 0, 0, 0, 1]);
    expect(leftOut(mapped)).toEqual({ 'label-left-out': 1 });
  });

  it('come from the one of several columns that holds 1, 1.0 or TRUE', () => {
    const mapped = map(
      {
        MEL: ['1.0', '0.0', '0', '1', 'FALSE', null],
        NV: ['0.0', '1.0', '0', '1', 'TRUE', '1'],
        sex,
      },
      { label: { columns: ['MEL', 'NV'] } },
    );
    expect(mapped.labels.map((label) => mapped.classNames[label])).toEqual(['MEL', 'NV', 'NV']);
    expect(leftOut(mapped)).toEqual({ 'label-missing': 1, 'label-ambiguous': 1, 'rows-differ': 1 });
  });

  it('of classes below the least size are left out, counted after merging', () => {
    const mapped = map({ dx: ['a', 'a', 'b', 'c', 'c', 'd'], sex }, { label: { merge: { d: 'b' }, minClassSize: 2 } });
    expect(mapped.classNames).toEqual(['a', 'b', 'c']);
    expect(leftOut(map({ dx: ['a', 'a', 'b', 'c', 'c', 'd'], sex }, { label: { minClassSize: 2 } }))).toEqual({
      'class-too-small': 2,
    });
  });
});

describe('groups', () => {
  const dx = ['a', 'b', 'a', 'b', 'a', 'b'];

  it('follow the ticked values whatever the decimals; others are left out by name', () => {
    const mapped = map(
      { dx, type: ['1', '3.0', '4.0', '6', '9', 'UNK'] },
      { group: { column: 'type', rule: { kind: 'values', group0: ['4', '5', '6'], group1: ['1', '2', '3'] } } },
    );
    expect(mapped.groups).toEqual([1, 1, 0, 0]);
    expect(leftOut(mapped)).toEqual({ 'value-not-mapped': 1, 'group-missing': 1 });
    expect(mapped.unknownGroupCount).toBe(1);
  });

  it.each([
    [0, [1, 1, 0, 0]],
    [1, [0, 0, 1, 1]],
  ] as const)('are cut at a number that belongs to the upper side, group %i above', (above, expected) => {
    const mapped = map(
      { dx, age: ['59', '59.5', '60.0', '85', 'more than 70', '-1'] },
      { group: { column: 'age', rule: { kind: 'cut', from: 60, above } } },
    );
    expect(mapped.groups).toEqual(expected);
    expect(leftOut(mapped)).toEqual({ 'value-not-mapped': 1, 'group-missing': 1 });
  });

  it.each([
    ['exclude', [0, 1, 0, 1], ['female', 'male'], { 'group-missing': 2 }],
    ['group-0', [0, 1, 0, 1, 0, 0], ['female', 'male'], {}],
    ['group-1', [0, 1, 0, 1, 1, 1], ['female', 'male'], {}],
    ['own-group', [1, 1, 1, 1, 0, 0], ['unknown', 'known'], {}],
  ] as const)(
    'of unknown value are handled as told: %s; they are counted in any case',
    (missing, groups, names, out) => {
      const mapped = map({ dx, sex: ['female', 'male', 'female', 'male', 'unknown', ''] }, { group: { missing } });
      expect(mapped.groups).toEqual(groups);
      expect(mapped.groupNames).toEqual(names);
      expect(leftOut(mapped)).toEqual(out);
      expect(mapped.unknownGroupCount).toBe(2);
      const merged = mapped.findings.find(({ kind }) => kind === 'group-merged');
      expect(merged?.count).toBe(missing === 'exclude' ? undefined : 2);
    },
  );

  it('a ticked value counts where it is usually a sign for missing', () => {
    const mapped = map(
      { dx, Male: ['-1', '1', '-1', '1', '1', '-1'] },
      { group: { column: 'Male', rule: { kind: 'values', group0: ['-1'], group1: ['1'] } } },
    );
    expect(mapped.groups).toEqual([0, 1, 0, 1, 1, 0]);
    expect(mapped.unknownGroupCount).toBe(0);
  });
});

describe('spellings', () => {
  const dx = ['nev', 'Nev', 'mel', 'mel', 'nev', 'mel'];
  const sex = ['female', 'F', 'male', 'Male', 'woman', 'm'];

  it('of labels and ticked groups that most likely mean one value are asked about, and folded meanwhile', () => {
    const mapped = map({ dx, sex });
    expect(mapped.unanswered).toMatchObject({
      code: 'needs-answers',
      questions: [{ key: 'spelling:dx' }, { key: 'spelling:sex' }],
    });
    expect(mapped.classNames).toEqual(['mel', 'nev']);
    expect(mapped.groups).toEqual([0, 0, 1, 1, 0, 1]);
  });

  it('are folded or kept apart as answered, and the answers are told', () => {
    const answers = { 'spelling:dx': 'nev=Nev', 'spelling:sex': 'apart' };
    const mapped = map({ dx, sex }, { answers });
    expect(mapped.unanswered).toBeNull();
    expect(mapped.labels).toEqual([1, 0]);
    expect(leftOut(mapped)).toEqual({ 'value-not-mapped': 4 });
    expect(mapped.answered.map(({ key, value }) => [key, value])).toEqual(Object.entries(answers));
  });

  it('that the class map and the groups name need no question', () => {
    const group0 = ['female', 'F', 'woman'];
    const mapped = map(
      { dx, sex },
      {
        label: { merge: { Nev: 'nev', nev: 'nev' } },
        group: { rule: { kind: 'values', group0, group1: ['male', 'Male', 'm'] } },
      },
    );
    expect(mapped.unanswered).toBeNull();
    expect(mapped.images.used).toBe(6);
  });

  it('of numbers that a cut divides need none either; an answer to no question is refused', () => {
    const age = ['60', '60.0', '59', '61', '30', '70'];
    const cut = { column: 'age', rule: { kind: 'cut', from: 60, above: 0 } } as const;
    const plain = ['a', 'b', 'a', 'b', 'a', 'b'];
    expect(map({ dx: plain, age }, { group: cut }).unanswered).toBeNull();
    const stray = map({ dx: plain, age }, { group: cut, answers: { 'spelling:sex': 'apart' } });
    expect(stray.unanswered).toMatchObject({ code: 'config-invalid' });
  });
});

describe('patients and given splits', () => {
  const dx = ['a', 'b', 'a', 'b'];
  const sex = ['female', 'male', 'female', 'male'];

  it('an image without a patient is a patient of its own', () => {
    expect(map({ dx, sex, patient: ['p1', '', 'p1', 'NA'] }, { clusterColumn: 'patient' }).clusters).toEqual([
      'p1',
      'image photos/img1.jpg',
      'p1',
      'image photos/img3.jpg',
    ]);
  });

  it('a given split is honoured, an unknown word left out, and a patient on both sides named', () => {
    const mapped = map(
      { dx, sex, patient: ['p1', 'p2', 'p1', 'p3'], part: ['0', '1.0', '2', 'later'] },
      { clusterColumn: 'patient', givenSplit: { column: 'part', values: { 0: 'train', 1: 'validation', 2: 'test' } } },
    );
    expect(mapped.splits).toEqual([0, 1, 2]);
    expect(leftOut(mapped)).toEqual({ 'split-missing': 1 });
    expect(mapped.findings).toContainEqual(
      expect.objectContaining({ kind: 'cluster-across-splits', count: 1, examples: ['p1'] }),
    );
  });
});

describe('findings', () => {
  it('name small cells and classes of one group', () => {
    const mapped = map({
      dx: [...Array<string>(12).fill('a'), 'b', 'b'],
      sex: [...Array.from({ length: 12 }, (_, i) => (i % 2 ? 'male' : 'female')), 'male', 'male'],
    });
    expect(mapped.findings.map(({ kind, examples }) => [kind, examples])).toEqual([
      ['small-cell', ['b, female: 0', 'b, male: 2']],
      ['class-in-one-group', ['b: only male']],
    ]);
  });

  it('a column that is not there is refused by name', () => {
    expect(() => map({ dx: ['a'], gender: ['male'] })).toThrowError(
      expect.objectContaining({ code: 'column-missing', message: 'There is no column "sex". There is: dx, gender.' }),
    );
  });

  it('every image is used or counted under one reason, for any cells', () => {
    const cell = fc.constantFrom('a', 'b', 'c', '', 'unknown', 'female', 'male', '7', null);
    const row = fc.record({ dx: cell, sex: cell, patient: cell, part: cell });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.nat(3), (rows, minClassSize) => {
        const mapped = map(
          {
            dx: rows.map(({ dx }) => dx),
            sex: rows.map(({ sex }) => sex),
            patient: rows.map(({ patient }) => patient),
            part: rows.map(({ part }) => part),
          },
          {
            label: { minClassSize },
            clusterColumn: 'patient',
            givenSplit: { column: 'part', values: { a: 'train', b: 'validation', c: 'test' } },
          },
        );
        const lost = mapped.images.leftOut.reduce((sum, { count }) => sum + count, 0);
        expect(mapped.images.used + lost).toBe(rows.length);
        expect(
          countSamples(mapped)
            .flat(2)
            .reduce((sum, count) => sum + count, 0),
        ).toBe(mapped.images.used);
      }),
    );
  });
});
