import { expect, it } from 'vitest';
import { countCells } from './countCells';

const samples = {
  names: ['a', 'b', 'c', 'd', 'e', 'f'],
  labels: [0, 0, 1, 1, 1, 0],
  groups: [0, 1, 1, 1, 0, 0],
  splits: [0, 0, 0, 1, 2, 0],
  clusters: null,
};

it('counts every sample in its split, class and group', () => {
  expect(countCells({ samples, classNames: ['x', 'y'] })).toEqual({
    train: [
      [2, 1],
      [0, 1],
    ],
    validation: [
      [0, 0],
      [0, 1],
    ],
    test: [
      [0, 0],
      [1, 0],
    ],
  });
});
