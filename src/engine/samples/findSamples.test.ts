import { expect, it } from 'vitest';
import { findSamples } from './findSamples';

const file = (path: string, text = '') => ({ path, bytes: new TextEncoder().encode(text) });
const images = [file('images/a.png'), file('images/b.png')];
const found = (text: string, classNames = ['mel', 'nev']) =>
  findSamples([file('t.csv', text), ...images], { classNames });

it('reads columns in the order of the outputs, with or without a header', () => {
  const expected = [
    [0.25, 0.75],
    [0.5, 0.5],
  ];
  expect(found('a.png,0.25,0.75\nb.png,0.5,0.5\n')).toMatchObject({ expected, of: 'probabilities' });
  expect(found('image,p0,p1\na.png,0.25,0.75\nb.png,0.5,0.5\n')).toMatchObject({ expected });
});

it('puts columns that are named by classes in the order of the outputs', () => {
  const samples = found('image,score_nev,score_mel\nimages/a.png,-1,2\nb.png,0,3\n');
  expect(samples).toMatchObject({
    expected: [
      [2, -1],
      [3, 0],
    ],
    of: 'logits',
  });
});

it('takes a single column for two classes as the probability of the second', () => {
  expect(found('a.png,0.25\n')).toMatchObject({ expected: [[0.75, 0.25]], of: 'probabilities' });
});

it('finds nothing where no table names an image, and says what is wrong with one that does', () => {
  expect(findSamples([file('t.csv', 'c.png,1,2\n'), ...images], { classNames: ['mel', 'nev'] })).toBeNull();
  expect(found('a.png,1,2,3\n')).toBe(
    't.csv names images beside the model, but it has 3 columns of numbers for 2 classes.',
  );
  expect(found('a.png,1,no\n')).toBe(
    't.csv names images beside the model, but a cell behind an image’s name is no number.',
  );
});

it('takes the groups of the images from the last column, for a model that needs them', () => {
  const groupInput = { attribute: 'skin', names: ['light', 'dark'] };
  const read = (text: string) =>
    findSamples([file('t.csv', text), ...images], { classNames: ['mel', 'nev'], groupInput });
  expect(read('image,logit_nev,logit_mel,group\na.png,1,2,1\nb.png,3,4,0\n')).toMatchObject({
    groups: [1, 0],
    expected: [
      [2, 1],
      [4, 3],
    ],
  });
  expect(read('image,mel,nev\na.png,1,2\n')).toContain('its last column is not "group"');
  expect(read('image,mel,nev,group\na.png,1,2,2\n')).toContain('not all numbers from 0 to 1');
});
