import { expect, it } from 'vitest';
import { describeRecord } from './describeRecord';

const records = {
  paths: ['a/one.jpg', 'a/two.jpg'],
  imageIndices: [4, 2],
  columns: [
    { name: 'dx', values: ['mel', 'nv'], codes: [1, 0] },
    { name: 'sex', values: ['', 'male'], codes: [-1, 0] },
  ],
};

it('gives every cell of the image at a place of the set, and null where its rows differ', () => {
  expect(describeRecord(records, 4)).toEqual({
    path: 'a/one.jpg',
    cells: [
      { column: 'dx', text: 'nv' },
      { column: 'sex', text: null },
    ],
  });
  expect(describeRecord(records, 2).cells[1]).toEqual({ column: 'sex', text: '' });
});

it('refuses an image that it has no record of', () => {
  expect(() => describeRecord(records, 0)).toThrow(expect.objectContaining({ code: 'dataset-not-found' }));
});
